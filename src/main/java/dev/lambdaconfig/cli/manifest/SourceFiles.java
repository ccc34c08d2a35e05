package dev.lambdaconfig.cli.manifest;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The manifest files of a directory and of all directories in it. */
final class SourceFiles extends SimpleFileVisitor<Path> {

  /** Maximum number of files and directories that are looked at for one source. */
  static final int MOST = 100_000;

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final Path top;
  private final ExcludedFiles excluded;
  private final Problems problems;
  private final SortedSet<Path> files = new TreeSet<>();
  private int visited;
  private int leftOut;

  private SourceFiles(Path top, ExcludedFiles excluded, Problems problems) {
    this.top = top;
    this.excluded = excluded;
    this.problems = problems;
  }

  /** The files in a directory, sorted by path. Without any, that is a problem. */
  static SortedSet<Path> in(Path directory, ExcludedFiles excluded, Problems problems) {
    SourceFiles visitor = new SourceFiles(directory, excluded, problems);
    int before = problems.all().size();
    try {
      Files.walkFileTree(directory, visitor);
    } catch (IOException e) {
      visitor.visitFileFailed(directory, e);
    }
    if (visitor.files.isEmpty() && problems.all().size() == before) {
      problems.add(
          directory.toString(),
          "this directory has no manifest, which is a file *.yaml, *.yml or *.json%s: name a"
                  .formatted(visitor.leftOut > 0 ? " that --exclude does not leave out" : "")
              + " directory that has some");
    }
    return visitor.files;
  }

  static boolean isJson(Path file) {
    return name(file).endsWith(".json");
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    // Hidden directories hold the files of tools, such as workflows and caches.
    boolean isHidden = !directory.equals(top) && name(directory).startsWith(".");
    return isHidden || isLeftOut(directory) ? FileVisitResult.SKIP_SUBTREE : counted();
  }

  private boolean isLeftOut(Path path) {
    boolean is = !path.equals(top) && excluded.has(top.relativize(path));
    leftOut += is ? 1 : 0;
    return is;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (ENDINGS.stream().anyMatch(name(file)::endsWith) && !isLeftOut(file)) {
      add(file, attributes);
    }
    return counted();
  }

  private void add(Path file, BasicFileAttributes attributes) {
    if (Files.isRegularFile(file)) {
      files.add(file);
    } else if (!attributes.isSymbolicLink() || Files.exists(file)) {
      // Directories are read where they are, not through links.
      if (!Files.isDirectory(file)) {
        problems.add(
            file.toString(),
            "this is a pipe, a socket or a device, which is not read in a directory: name it"
                + " after -f, or move it elsewhere");
      }
    } else if (!name(file).startsWith(".")) {
      // Hidden links that lead nowhere are locks of editors, such as Emacs.
      problems.add(
          file.toString(), "this is a link to a file that is not there: correct or remove it");
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    if (!isLeftOut(file)) {
      problems.add(file.toString(), SourceText.unreadable(failure));
    }
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult counted() {
    visited++;
    if (visited <= MOST) {
      return FileVisitResult.CONTINUE;
    }
    problems.add(
        top.toString(), "this directory has more than " + MOST + " files: name a smaller one");
    return FileVisitResult.TERMINATE;
  }
}
