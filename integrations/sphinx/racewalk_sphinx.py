# SPDX-License-Identifier: MIT OR Apache-2.0
"""One exact interleaving of a race in a document: the directive ``race-walk``.

.. code-block:: rst

   .. race-walk:: memunmap
      :set: kill_gp=off
      :schedule: w2m3h7w
      :at: 7
      :expect: uaf-read
      :caption: As far as the mail's author could see.

In HTML it becomes the element ``<race-walk>``, with a picture and the table in it for readers without
scripts; everywhere else a figure with the table below it. The program ``racewalk`` draws both and
checks what is expected. On a machine without it, the files that ``racewalk render`` has left beside
the document stand in, as long as they are those of the directive.

It is one file without dependencies, for Sphinx 3.4 and newer.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from html import escape

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util import logging

__version__ = "0.1.0"

logger = logging.getLogger(__name__)

# What stands behind a document's name in that of the folder with its files.
FOLDER = ".race-walk"


class RacewalkError(SphinxError):
    """An embed that cannot stand as it is. It ends the build."""

    category = "race-walk"


class race_walk(nodes.General, nodes.Element):
    """An embed: a figure and a literal block, with the attributes of the element around them."""


class RaceWalk(Directive):
    """The directive. Its options are those of every embed; ``racewalk render --help`` tells them."""

    required_arguments = 1
    final_argument_whitespace = False
    has_content = False
    option_spec = {
        "set": directives.unchanged,
        "schedule": directives.unchanged,
        "at": directives.nonnegative_int,
        "expect": directives.unchanged,
        "caption": directives.unchanged,
        "name": directives.unchanged,
    }

    def run(self):
        env = self.state.document.settings.env
        source, line = self.state_machine.get_source_and_line(self.lineno)
        # As `racewalk render` counts: the embeds of a file, included by another one or not.
        counts = env.temp_data.setdefault("race-walk", {})
        counts[source] = counts.get(source, 0) + 1
        embed = self.embed()
        files = Files(env, source, line, embed, counts[source])
        for path in files.depends_on:
            env.note_dependency(path)
        return [self.node(env, embed, files)]

    def embed(self):
        """The options, as the files beside a document tell them."""
        text = lambda name: " ".join(self.options.get(name, "").split()) or None
        parts = [it for it in re.split(r"[\s,]+", self.options.get("set", "")) if it]
        return {
            "race": self.arguments[0],
            "set": dict(it.partition("=")[::2] for it in parts),
            "schedule": "".join(self.options.get("schedule", "").split()),
            "at": self.options.get("at"),
            "expect": text("expect"),
            "caption": text("caption"),
            "name": text("name"),
        }

    def node(self, env, embed, files):
        picture = os.path.relpath(files.svg, os.path.dirname(env.doc2path(env.docname)))
        alt = "{}: step {} of {}".format(files.headline, files.told["at"], files.told["steps"])
        figure = nodes.figure("", nodes.image(uri=picture.replace(os.sep, "/"), alt=alt))
        if embed["caption"]:
            inside, messages = self.state.inline_text(embed["caption"], self.lineno)
            figure += nodes.caption(embed["caption"], "", *inside)
            figure += messages
        self.add_name(figure)
        table = nodes.literal_block(files.table, files.table, language="none")
        return race_walk("", figure, table, embed=embed)


class Files:
    """The picture, the table and the verdict of an embed: asked of the program, or left by it."""

    def __init__(self, env, source, line, embed, number):
        self.place = "{}:{}".format(source, line)
        self.embed = embed
        program = shutil.which(env.config.racewalk_program)
        if program:
            base = self.ask(env, program)
            self.depends_on = [program]
        else:
            base = os.path.join(source + FOLDER, embed["name"] or str(number))
            self.depends_on = [base + end for end in (".json", ".svg", ".txt")]
        try:
            with open(base + ".json", encoding="utf-8") as file:
                self.told = json.load(file)
            with open(base + ".txt", encoding="utf-8") as file:
                self.table = file.read().rstrip("\n")
            self.svg = os.path.abspath(base + ".svg")
            os.stat(self.svg)
        except (OSError, ValueError) as error:
            self.fail(
                "there is no program `{}`, and what it would have left beside the document cannot be "
                "read ({}): run `racewalk render`".format(env.config.racewalk_program, error)
            )
        self.match()
        # The first paragraph of the table names the race and its knobs.
        self.headline = " ".join(self.table.split("\n\n")[0].split())

    def match(self):
        """What stands beside the document has to be of this directive."""
        told = self.told.get("embed", {}) if self.told.get("format") == 1 else {}
        for name, here in self.embed.items():
            there = told.get(name)
            if there != here:
                self.fail(
                    "what stands beside the document is of another embed: {} is {!r} there, and {!r} "
                    "here: run `racewalk render` again".format(name, there, here)
                )

    def ask(self, env, program):
        """Has the embed rendered by itself, and kept under the name of what it says."""
        embed = self.embed
        lines = [".. race-walk:: {}".format(embed["race"])]
        given = dict(embed, set=" ".join("=".join(it) for it in embed["set"].items()))
        del given["race"]
        # It has its own folder.
        given["name"] = "embed" if embed["name"] is None else embed["name"]
        lines += [
            "   :{}: {}".format(name, value) for name, value in given.items() if value not in (None, "")
        ]
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "it.rst"), "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            done = subprocess.run(
                [program, "render", folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            if done.returncode != 0:
                said = done.stderr.decode("utf-8", "replace").strip()
                # Only the reason: the place is that of the directive.
                self.fail(said.rpartition("it.rst:1: ")[2])
            left = os.path.join(folder, "it.rst" + FOLDER, given["name"])
            with open(left + ".json", encoding="utf-8") as file:
                told = json.load(file)
            told["embed"]["name"] = embed["name"]
            with open(left + ".svg", encoding="utf-8") as file:
                svg = file.read()
            # The picture's ids begin with a hash of all that it shows.
            kept = os.path.join(env.app.doctreedir, "race-walk")
            os.makedirs(kept, exist_ok=True)
            mark = re.search(r'<title id="(\w+)-title"', svg).group(1)
            base = os.path.join(kept, "{}-{}".format(embed["race"], mark))
            shutil.copyfile(left + ".svg", base + ".svg")
            shutil.copyfile(left + ".txt", base + ".txt")
            with open(base + ".json", "w", encoding="utf-8") as file:
                json.dump(told, file)
            return base

    def fail(self, reason):
        raise RacewalkError("{}: {}".format(self.place, reason))


class SvgToPdf(ImageConverter):
    """The picture for LaTeX, where nobody else converts it."""

    default_priority = 210
    conversion_rules = [("image/svg+xml", "application/pdf")]

    def match(self, node):
        inside = isinstance(getattr(node.parent, "parent", None), race_walk)
        return inside and super().match(node)

    def is_available(self):
        return shutil.which("rsvg-convert") is not None

    def convert(self, _from, _to):
        done = subprocess.run(["rsvg-convert", "--format=pdf", "--output", str(_to), str(_from)])
        return done.returncode == 0


class NoSvg(SphinxPostTransform):
    """LaTeX has no words for a picture that nobody converted: the table stands alone."""

    default_priority = 400
    builders = ("latex",)

    def run(self, **kwargs):
        for figure in self.pictures():
            logger.warning(
                "nothing made a PDF of the picture (`rsvg-convert` would), so its table stands alone",
                location=figure,
                type="race-walk",
                subtype="picture",
            )
            figure.remove(figure[0])
            if not len(figure):
                figure.parent.remove(figure)

    def pictures(self):
        # docutils has renamed it.
        find = getattr(self.document, "findall", None) or self.document.traverse
        return [it[0] for it in find(race_walk) if it[0][0].get("uri", "").endswith(".svg")]


def visit_html(self, node):
    embed = node["embed"]
    said = {
        "race": embed["race"],
        "set": " ".join("=".join(it) for it in embed["set"].items()),
        "schedule": embed["schedule"],
        "at": "" if embed["at"] is None else str(embed["at"]),
    }
    attributes = ('{}="{}"'.format(name, escape(value)) for name, value in said.items() if value)
    self.body.append("<race-walk {}>\n".format(" ".join(attributes)))


def depart_html(self, node):
    self.body.append("</race-walk>\n")


def pass_by(self, node):
    """Where there is no such element, what is in it stands for itself."""


def begin(app):
    script = app.config.racewalk_script
    if script:
        app.add_js_file(script, type="module")


def setup(app):
    app.add_config_value("racewalk_program", "racewalk", "env")
    app.add_config_value("racewalk_script", None, "html")
    elsewhere = (pass_by, pass_by)
    app.add_node(
        race_walk,
        html=(visit_html, depart_html),
        epub=elsewhere,
        latex=elsewhere,
        text=elsewhere,
        man=elsewhere,
        texinfo=elsewhere,
    )
    app.add_directive("race-walk", RaceWalk)
    app.add_post_transform(SvgToPdf)
    app.add_post_transform(NoSvg)
    app.connect("builder-inited", begin)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
