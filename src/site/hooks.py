"""What MkDocs lacks for these pages: pages outside of docs/, links to files of the repository, and a check of all links.

On GitHub a page links to any file of the repository. Here such a file becomes a page of the site, under files/: the site is
complete without a server of the repository, and all of it is of one commit.
"""

import html.parser
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]

# Pages outside of docs/, by their place in the site.
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "threat-model.md",
    "CHANGELOG.md": "changelog.md",
    "deploy/README.md": "deploy.md",
    "helm/lambda-config-operator/README.md": "chart.md",
}
LARGEST_SHOWN = 64 * 1024
LANGUAGES = {".yaml": "yaml", ".json": "json", ".lua": "lua", ".java": "java"}

FENCE = re.compile(r"(^ *```.*?^ *```[^\n]*\n)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<=\]\()([^)\s]+)(?=\))")
PICTURE = re.compile(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">'
    r'\s*<img alt="([^"]*)" src="([^"]+)">\s*</picture>'
)


def on_config(config):
    """Replaces each pattern of the navigation, such as install/*.md, by the pages that it matches and nothing else names."""
    folder = Path(config.docs_dir)
    named = set(re.findall(r"[\w./-]+\.md", str(config.nav)))

    def expanded(entry):
        if isinstance(entry, list):
            return [page for child in entry for page in (expanded(child) if is_pattern(child) else [expanded(child)])]
        if isinstance(entry, dict):
            return {title: expanded(value) for title, value in entry.items()}
        if is_pattern(entry):
            found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(entry))
            return [page for page in found if page not in named]
        return entry

    config.nav = expanded(config.nav)
    return config


def is_pattern(entry):
    return isinstance(entry, str) and "*" in entry


def on_files(files, config):
    for source, place in PAGES.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / source)))
    linked = set()
    for file in files.documentation_pages():
        for link in LINK.findall(prose(Path(file.abs_src_path).read_text(encoding="utf-8"))):
            source = repository_path(file.src_uri, link)
            if source and not place_of(source) and (ROOT / source).exists():
                linked.add(source)
    for source in sorted(linked):
        files.append(shown(source, config))
    return files


def on_page_markdown(markdown, page, config, files):
    place = page.file.src_uri

    def rewritten(link):
        source = repository_path(place, link)
        if not source or not (ROOT / source).exists():
            return link
        fragment = "#" + urlsplit(link).fragment if "#" in link else ""
        target = place_of(source) or shown_at(source)
        return posixpath.relpath(target, posixpath.dirname(place) or ".") + fragment

    def text(part):
        part = PICTURE.sub(
            lambda found: f"![{found[2]}]({found[3]}#only-light)\n![{found[2]}]({found[1]}#only-dark)", part
        )
        return LINK.sub(lambda found: rewritten(found[1]), part)

    parts = FENCE.split(markdown)
    return "".join(part if at % 2 else text(part) for at, part in enumerate(parts))


def on_post_build(config):
    """Checks the built pages: each reference leads to a file and an anchor, and nothing is loaded from elsewhere."""
    site = Path(config.site_dir).resolve()
    pages = {path: References(path) for path in site.rglob("*.html")}
    problems = []
    for path, page in pages.items():
        name = path.relative_to(site)
        problems += [f"{name} loads {url}" for url in page.loaded if urlsplit(url).netloc]
        for url in page.loaded + page.linked:
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            # Only the page for what is missing names paths from the root.
            folder = site if parts.path.startswith("/") else path.parent
            target = (folder / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
            if target.is_dir():
                target = target / "index.html"
            if not target.is_file():
                problems.append(f"{name}: no file for {url}")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                problems.append(f"{name}: no anchor for {url}")
    if problems:
        raise PluginError("\n".join(sorted(set(problems))))


class References(html.parser.HTMLParser):
    """What a page loads, what it links to, and its anchors."""

    def __init__(self, path):
        super().__init__()
        self.loaded, self.linked, self.anchors = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        self.anchors.update(values[name] for name in ("id", "name") if name in values)
        if "src" in values:
            self.loaded.append(values["src"])
        if "href" in values:
            icon_or_style = tag == "link" and values.get("rel") not in ("prev", "next", "canonical")
            (self.loaded if icon_or_style else self.linked).append(values["href"])


def prose(markdown):
    return FENCE.sub("", markdown)


def repository_path(place, link):
    """The path in the repository that a link of a page leads to, or None for a link to a page's own heading or elsewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    folder = posixpath.dirname(source_of(place))
    source = posixpath.normpath(posixpath.join(folder, parts.path))
    # A folder is shown by its README, as on GitHub.
    readme = posixpath.join(source, "README.md")
    return readme if (ROOT / readme).is_file() else source


def source_of(place):
    for source, other in PAGES.items():
        if other == place:
            return source
    return "docs/" + place


def place_of(source):
    """The place in the site of a file of the repository that is part of it anyway, or None."""
    if source in PAGES:
        return PAGES[source]
    inside = source.startswith("docs/") and (ROOT / source).is_file()
    return source[len("docs/") :] if inside else None


def shown_at(source):
    path = ROOT / source
    if path.is_file() and path.stat().st_size > LARGEST_SHOWN:
        return "files/" + source
    return "files/" + source + ".md"


def shown(source, config):
    """A file of the repository, or the list of a folder's files, as a page. A large one is copied as it is."""
    path = ROOT / source
    if not shown_at(source).endswith(".md"):
        return File.generated(config, shown_at(source), abs_src_path=str(path))
    if path.is_dir():
        content = "\n".join(
            sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
        )
    else:
        content = path.read_text(encoding="utf-8").rstrip("\n")
    language = LANGUAGES.get(path.suffix, "text")
    text = f"---\nsearch: {{exclude: true}}\n---\n\n# {source}\n\n~~~~{language}\n{content}\n~~~~\n"
    return File.generated(config, shown_at(source), content=text)
