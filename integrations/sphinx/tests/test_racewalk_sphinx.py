# SPDX-License-Identifier: MIT OR Apache-2.0
"""A small project, built by every builder that a kernel document meets: with the program, and on a machine
that has neither it nor Rust.

RACEWALK names the program; without it, the one that `cargo build` has left.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
BUILT = HERE.parents[2] / "target" / "debug" / "racewalk"
PROGRAM = pathlib.Path(os.environ.get("RACEWALK", str(BUILT)))

GUIDE = """
Guide
=====

.. race-walk:: memunmap
   :set: kill_gp=off
   :schedule: w2m3h7w
   :at: 7
   :expect: uaf-read
   :caption: As far as *the mail* could see.
   :name: mail

.. include:: part.inc

Like this::

   .. race-walk:: nowhere

.. race-walk:: table-free
   :set: free=immediate
   :schedule: w2m3w
"""

PART = """
.. race-walk:: reclaim
   :expect: safe
"""


class Project:
    def __init__(self, folder):
        self.source = folder / "source"
        self.source.mkdir()
        self.out = folder / "out"
        # A PATH with nothing in it: no cargo, no rustc, no racewalk.
        self.no_rust = folder / "bin"
        self.no_rust.mkdir()
        self.write("conf.py", "extensions = ['racewalk_sphinx']\nmaster_doc = 'index'\nman_pages = [('index', 'guide', '', [], 7)]\n")
        self.write("index.rst", GUIDE)
        # Found by `racewalk render`, and built as a part of the guide only.
        self.write("part.inc", PART)

    def write(self, name, text):
        (self.source / name).write_text(text, encoding="utf-8")

    def render(self):
        shutil.copy(str(self.source / "part.inc"), str(self.source / "part.rst"))
        subprocess.run([str(PROGRAM), "render", str(self.source)], check=True)
        (self.source / "part.rst").unlink()
        (self.source / "part.rst.race-walk").rename(self.source / "part.inc.race-walk")

    def allow(self, tool):
        """Puts a program that is no part of Rust on the PATH without Rust."""
        (self.no_rust / tool).symlink_to(shutil.which(tool))

    def build(self, builder, program=True, path=None):
        environment = dict(os.environ, PYTHONPATH=str(HERE.parent))
        command = [sys.executable, "-m", "sphinx", "-q", "-b", builder]
        if program:
            command += ["-D", "racewalk_program=" + str(PROGRAM)]
        else:
            path = str(self.no_rust)
            for tool in ("cargo", "rustc", "racewalk"):
                assert shutil.which(tool, path=path) is None
        if path is not None:
            environment["PATH"] = path
        command += [str(self.source), str(self.out / builder)]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)

    def read(self, builder, name):
        return (self.out / builder / name).read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.fixture(params=["program", "files"])
def built(request, project):
    """Builds with the program, or, where there is no Rust, with what it has left."""
    if request.param == "files":
        project.render()

    def build(builder):
        done = project.build(builder, request.param == "program")
        assert done.returncode == 0, done.stderr
        return project

    return build


def test_html(built):
    project = built("html")
    page = project.read("html", "index.html")
    assert page.count("<race-walk ") == page.count("</race-walk>") == 3
    assert '<race-walk race="memunmap" set="kill_gp=off" schedule="w2m3h7w" at="7">' in page
    assert 'race memunmap: kill_gp=off: step 7 of 13' in page
    assert "<em>the mail</em>" in page
    assert "percpu_ref_kill(&amp;pgmap-&gt;ref)" in page
    pictures = list((project.out / "html" / "_images").glob("*.svg"))
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.read_text(encoding="utf-8").startswith("<svg ")


def test_text(built):
    text = built("text").read("text", "index.txt")
    assert "race memunmap: kill_gp=off\n" in text
    assert "local_irq_save(flags)" in text
    assert "step 7 of 13" in text


def test_man(built):
    assert "race memunmap: kill_gp=off" in built("man").read("man", "guide.7")


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="nothing makes a PDF of a picture")
def test_latex(project, built):
    project.allow("rsvg-convert")
    built("latex")
    tex = "".join(it.read_text(encoding="utf-8") for it in (project.out / "latex").glob("*.tex"))
    assert tex.count("\\sphinxincludegraphics{{") == 3
    assert "race memunmap: kill" in tex and "(flags)" in tex
    assert len(list((project.out / "latex").glob("*.pdf"))) == 3


def test_latex_without_anything_that_makes_a_pdf(project, tmp_path):
    done = project.build("latex", path=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("so its table stands alone") == 3
    tex = "".join(it.read_text(encoding="utf-8") for it in (project.out / "latex").glob("*.tex"))
    assert "sphinxincludegraphics" not in tex and "race memunmap: kill" in tex
    assert "As far as" in tex


def test_what_does_not_hold_ends_the_build_with_its_place(project):
    project.write("index.rst", GUIDE.replace("uaf-read", "uaf-write"))
    done = project.build("html")
    assert done.returncode != 0
    assert "index.rst:5: `uaf-write` is expected, but this schedule's end is: uaf-read" in done.stderr


def test_what_is_impossible_ends_the_build(project):
    project.write("part.inc", PART.replace("reclaim", "reclam"))
    done = project.build("html")
    assert done.returncode != 0
    assert "part.inc:2: there is no race `reclam`; did you mean `reclaim`?" in done.stderr


def test_without_the_program_files_are_needed(project):
    done = project.build("html", program=False)
    assert done.returncode != 0
    assert "index.rst:5: there is no program `racewalk`, and what it would have left" in done.stderr
    assert "run `racewalk render`" in done.stderr


@pytest.mark.parametrize("builder", ["html", "latex", "man", "text"])
@pytest.mark.parametrize("end", [".json", ".svg", ".txt"])
def test_each_file_is_needed(project, builder, end):
    project.render()
    (project.source / "index.rst.race-walk" / ("2" + end)).unlink()
    done = project.build(builder, program=False)
    assert done.returncode != 0
    # It says which.
    assert "index.rst:19: there is no program `racewalk`" in done.stderr
    assert "2" + end in done.stderr


def test_a_file_that_is_damaged_ends_the_build(project):
    project.render()
    (project.source / "index.rst.race-walk" / "mail.json").write_text("{", encoding="utf-8")
    done = project.build("html", program=False)
    assert done.returncode != 0
    assert "index.rst:5: there is no program `racewalk`, and what it would have left" in done.stderr


@pytest.mark.parametrize(
    "before, after, place, says",
    [
        ("free=immediate", "free=rcu", "index.rst:19", "set is {'free': 'immediate'} there, and {'free': 'rcu'} here"),
        ("w2m3h7w", "w2m3h7", "index.rst:5", "schedule is 'w2m3h7w' there, and 'w2m3h7' here"),
        (":at: 7", ":at: 8", "index.rst:5", "at is 7 there, and 8 here"),
        ("race-walk:: table-free", "race-walk:: reclaim", "index.rst:19", "race is 'table-free' there, and 'reclaim' here"),
        ("uaf-read", "uaf-write", "index.rst:5", "expect is 'uaf-read' there, and 'uaf-write' here"),
    ],
)
def test_files_have_to_be_of_their_directive(project, before, after, place, says):
    project.render()
    changed = GUIDE.replace(before, after)
    assert changed != GUIDE
    project.write("index.rst", changed)
    done = project.build("html", program=False)
    assert done.returncode != 0
    assert place + ": what stands beside the document is of another embed: " + says in done.stderr


def test_an_included_embed_has_its_own_files(project):
    project.render()
    project.write("part.inc", PART.replace("safe", "wrong-owner"))
    done = project.build("html", program=False)
    assert done.returncode != 0
    assert "part.inc:2: what stands beside the document is of another embed: expect is 'safe' there" in done.stderr
