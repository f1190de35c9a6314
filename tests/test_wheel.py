"""The package as a stranger gets it: source distribution, wheel, installed away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = {path.name for pattern in ("*.rng", "*.rnc", "*.xsd") for path in (ROOT / "schema").glob(pattern)}

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the source distribution and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def stranger(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; what the wheel needs is borrowed from this one."""
    folder = tmp_path_factory.mktemp("stranger")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    # A .pth file inside the borrowed directory is not read: the checkout does not come along.
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    borrowed = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (Path(site) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return folder


def test_wheel_holds_the_package_and_the_schemas(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert {"tei/__init__.py", "tei/py.typed", "tei/commands/__init__.py"} <= names
    assert {name.removeprefix("tei/_schema/") for name in names if name.startswith("tei/_schema/")} >= SCHEMAS
    assert all(name.startswith("tei/") for name in names), "nothing beside the package"
    assert not [name for name in names if name.startswith("tei/_schema/") and name.endswith(".py")]


def test_source_distribution_leaves_the_texts_out(built: Path) -> None:
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "Makefile", "requirements.lock"} <= names
    assert not [name for name in names if name.startswith("encoded/")], "the texts have their own rights"


def test_installed_program_runs_and_is_not_the_checkout(stranger: Path) -> None:
    where = run(stranger / "venv/bin/python", "-c", "import tei; print(tei.__file__)", cwd=stranger).strip()
    assert Path(where).is_relative_to(stranger)
    assert "Usage: tei" in run(stranger / "venv/bin/tei", "--help", cwd=stranger)


def test_installed_program_finds_its_schema(stranger: Path) -> None:
    (stranger / "speech.txt").write_bytes(b"Friends!\n\nA second paragraph.\n")
    tei = stranger / "venv/bin/tei"
    run(tei, "encode", "speech.txt", "-o", "speech.xml", cwd=stranger)
    assert "valid" in run(tei, "validate", "speech.xml", cwd=stranger)
    assert (
        run(tei, "text", "--view", "source", "speech.xml", cwd=stranger)
        == "Friends!\n\nA second paragraph.\n"
    )
    broken = (stranger / "speech.xml").read_bytes().replace(b"<body>", b"<body><nonsense/>")
    (stranger / "broken.xml").write_bytes(broken)
    assert "nonsense" in run(tei, "validate", "broken.xml", cwd=stranger, status=1)
