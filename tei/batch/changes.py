"""What a branch touched, by git: the TEI files that are new or other than where the branch began."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tei.batch.files import Found, is_tei
from tei.errors import GitError

_EDITION: Final = frozenset({"source.txt", "edition.toml", "decisions.toml", "persons.toml"})
_SCHEMAS: Final = frozenset({".rng", ".rnc", ".xsd", ".sch"})
_INSTALL: Final = "install git, or name the files"
_FETCH: Final = "is its history here? `git fetch` gets it; in GitHub Actions: fetch-depth: 0"


def changed_files(revision: str, names: Iterable[Path] = (), schemas: Iterable[Path] = ()) -> Found:
    """Return the TEI files that differ from where the branch left ``revision``, those not yet committed too.

    With ``names``, only those that are among them or below them. The file of an edition counts as changed
    where its source or one of its ``.toml`` files did. Where a schema changed (one of ``schemas``, or one
    of the repository), every TEI file of the repository counts: any may be judged otherwise now.

    :raises GitError: there is no git, no repository, no such revision, or nothing that both have in common.
    """
    if revision.startswith("-") or not revision.strip():
        raise GitError(f"this is no revision of git: {revision!r}")
    root = Path(_git("rev-parse", "--show-toplevel").rstrip("\n"))
    commit = _git(
        *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"),
        failed=f"git knows no revision {revision}",
        hint=_FETCH,
    ).strip()
    base = _git(
        *("merge-base", commit, "HEAD"),
        failed=f"this branch and {revision} have no commit in common",
        hint=_FETCH,
    ).strip()
    touched = [*_listed(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--")]
    touched += _listed(root, "ls-files", "--others", "--exclude-standard", "-z")
    given = {path.resolve() for path in schemas}
    if any(path.suffix.lower() in _SCHEMAS or path in given for path in touched):
        touched += _listed(root, "ls-files", "-z")
    files = {file for path in touched for file in _checked_for(path)}
    below = [name.resolve() for name in names] or [root]
    here = Path.cwd().resolve()
    kept = sorted(file for file in files if any(file.is_relative_to(place) for place in below))
    tei = [file for file in kept if is_tei(file)]
    return Found(tuple(Path(os.path.relpath(file, here)) for file in tei), len(kept) - len(tei))


def _checked_for(path: Path) -> list[Path]:
    """The XML file to check because ``path`` changed: itself, or that of the edition it belongs to."""
    if path.name in _EDITION:
        path = path.parent / f"{path.parent.name}.xml"
    return [path] if path.suffix.lower() == ".xml" and path.is_file() else []


def _listed(root: Path, *arguments: str) -> list[Path]:
    return [root / name for name in _git(*arguments, directory=root).split("\0") if name]


def _git(
    *arguments: str, directory: Path | None = None, failed: str | None = None, hint: str | None = None
) -> str:
    program = shutil.which("git")
    if program is None:
        raise GitError("git is needed to know what changed, and it is not there", hint=_INSTALL)
    # A repository may name programs of its own to be started; none is needed to list files.
    command = [program, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no argument can be taken for an option
            command,
            cwd=directory,
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror}", path=program) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip().removeprefix("fatal: ")
        raise GitError(failed or f"git: {said}", hint=hint)
    return os.fsdecode(done.stdout)
