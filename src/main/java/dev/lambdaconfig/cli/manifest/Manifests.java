package dev.lambdaconfig.cli.manifest;

import dev.lambdaconfig.cli.manifest.tree.Allowance;
import dev.lambdaconfig.cli.manifest.tree.Document;
import dev.lambdaconfig.cli.manifest.tree.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads manifests: YAML of several documents, as {@code kustomize build} and {@code helm template}
 * print it, lists, and JSON. All together may have 10 MB.
 */
public final class Manifests {

  /** The source that is standard input. */
  public static final String STANDARD_INPUT = "-";

  /** The file that manifests of standard input are said to be in. */
  public static final String STDIN = "stdin";

  private final Problems problems = new Problems();
  private final SourceText texts = new SourceText(problems);
  private final ResourceSorter resources = new ResourceSorter(problems);
  private final UnbuiltKustomizations kustomizations = new UnbuiltKustomizations();
  private final Allowance allowance = new Allowance();
  private final Set<Object> read = new HashSet<>();
  private int documents;

  /** The number of sources that were named again. */
  private int repeated;

  private Manifests() {}

  /**
   * Reads all manifests of some sources. Nothing that they say makes it fail.
   *
   * @param sources files, directories, which are read with all directories in them, and {@link
   *     #STANDARD_INPUT}; what several of them name is read once
   * @param stdin the standard input, read only if a source names it
   */
  public static ManifestSet read(List<String> sources, InputStream stdin) {
    Manifests manifests = new Manifests();
    for (String source : sources) {
      manifests.read(source, stdin);
    }
    return manifests.resources.result(manifests.kustomizations.notes());
  }

  /** Reads a source. Nothing in it is what a command leaves that failed before it wrote. */
  private void read(String source, InputStream stdin) {
    int before = documents + problems.all().size() + repeated;
    String named = readAll(source, stdin);
    if (documents + problems.all().size() + repeated == before && !texts.isExhausted()) {
      problems.add(
          source.equals(STANDARD_INPUT) ? STDIN : source,
          named + ", or name files or directories that have some");
    }
  }

  /** Reads a source, and returns how to say that it has no manifest. */
  private String readAll(String source, InputStream stdin) {
    if (source.equals(STANDARD_INPUT)) {
      if (read.add(STANDARD_INPUT)) {
        read(STDIN, stdin, false);
      } else {
        repeated++;
      }
      return "the standard input has no manifest: check the command that writes to it";
    }
    Path path;
    try {
      path = Path.of(source);
    } catch (InvalidPathException e) {
      problems.add(source, "this is no path: check what is written after -f");
      return "";
    }
    if (Files.isDirectory(path)) {
      SourceFiles.in(path, problems).forEach(this::read);
      return "this directory has no manifest, for its files are empty: write some";
    }
    read(path);
    return "this file has no manifest: check the command that writes it";
  }

  private void read(Path file) {
    try {
      if (texts.isExhausted()) {
        return;
      }
      if (!read.add(file.toRealPath())) {
        repeated++;
        return;
      }
      try (InputStream stream = Files.newInputStream(file)) {
        read(file.toString(), stream, SourceFiles.isJson(file));
      }
    } catch (IOException e) {
      problems.add(file.toString(), SourceText.unreadable(e));
    }
  }

  private void take(String file, Document document) {
    if (!document.root().isNull()) {
      documents++;
    }
    if (!file.equals(STDIN) && kustomizations.isOne(file, document.root())) {
      kustomizations.add(file, document.root());
      resources.skip(UnbuiltKustomizations.KIND);
    } else {
      resources.add(file, document);
    }
  }

  private void read(String file, InputStream stream, boolean isJson) {
    String text = texts.read(file, stream);
    if (text != null) {
      new Documents(
              allowance,
              document -> take(file, document),
              fault -> problems.add(new ManifestProblem(file, fault.position(), fault.message())))
          .read(text, isJson);
    }
  }
}
