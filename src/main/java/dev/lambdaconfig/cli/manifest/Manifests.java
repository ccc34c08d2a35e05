package dev.lambdaconfig.cli.manifest;

import dev.lambdaconfig.cli.manifest.tree.Allowance;
import dev.lambdaconfig.cli.manifest.tree.Document;
import dev.lambdaconfig.cli.manifest.tree.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<String, Integer> order = new HashMap<>();
  private final ExcludedFiles excluded;
  private int documents;

  /** The number of sources that were named again. */
  private int repeated;

  private Manifests(ExcludedFiles excluded) {
    this.excluded = excluded;
  }

  /** Reads all manifests of some sources, and leaves nothing out of directories. */
  public static ManifestSet read(List<String> sources, InputStream stdin) {
    return read(sources, ExcludedFiles.NONE, stdin);
  }

  /**
   * Reads all manifests of some sources. Nothing that they say makes it fail.
   *
   * @param sources files, directories, which are read with all directories in them, and {@link
   *     #STANDARD_INPUT}; what several of them name is read once
   * @param excluded what is left out of directories
   * @param stdin the standard input, read only if a source names it
   */
  public static ManifestSet read(List<String> sources, ExcludedFiles excluded, InputStream stdin) {
    Manifests manifests = new Manifests(excluded);
    for (String source : sources) {
      manifests.read(source, stdin);
    }
    return manifests.resources.result(manifests.kustomizations.notes(), manifests.order);
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
        read(new Source(STDIN, false, false), stdin);
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
      SourceFiles.in(path, excluded, problems).forEach(file -> read(file, true));
      return "this directory has no manifest, for its files are empty: write some";
    }
    read(path, false);
    return "this file has no manifest: check the command that writes it";
  }

  /**
   * A text with documents.
   *
   * @param name the file as it was named, or {@link #STDIN}
   * @param isFound whether a directory has it, and nobody has named it
   */
  private record Source(String name, boolean isJson, boolean isFound) {}

  private void read(Path file, boolean isFound) {
    try {
      if (texts.isExhausted()) {
        return;
      }
      if (!read.add(file.toRealPath())) {
        repeated++;
        return;
      }
      try (InputStream stream = Files.newInputStream(file)) {
        read(new Source(file.toString(), SourceFiles.isJson(file), isFound), stream);
      }
    } catch (IOException e) {
      problems.add(file.toString(), SourceText.unreadable(e));
    }
  }

  private void read(Source source, InputStream stream) {
    String name = source.name();
    order.putIfAbsent(name, order.size());
    String text = texts.read(name, stream);
    if (text == null) {
      return;
    }
    boolean mayBeOther = source.isFound() && !OtherDocuments.namesOurs(text);
    String advice = mayBeOther ? "; to leave the file out, write " + exclusion(name) : "";
    new Documents(
            allowance,
            document -> take(source, document, mayBeOther),
            fault ->
                problems.add(new ManifestProblem(name, fault.position(), fault.message() + advice)))
        .read(text, source.isJson());
  }

  private void take(Source source, Document document, boolean mayBeOther) {
    String file = source.name();
    if (!document.root().isNull()) {
      documents++;
    }
    if (!file.equals(STDIN) && kustomizations.isOne(file, document.root())) {
      kustomizations.add(file, document.root());
      resources.skip(UnbuiltKustomizations.KIND);
    } else if (mayBeOther && OtherDocuments.isOne(document.root())) {
      resources.skip(OtherDocuments.KIND);
    } else {
      resources.add(
          file, document, source.isFound() ? "leave it out by " + exclusion(file) : "remove it");
    }
  }

  private static String exclusion(String file) {
    return "--exclude " + Path.of(file).getFileName();
  }
}
