package dev.lambdaconfig.build.image.runtime;

import dev.lambdaconfig.build.image.layout.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The JVM of the image: the modules that the operator uses, linked by the JDK of this process. */
public final class JavaRuntime {

  /** The modules that some library of the jar refers to and the operator never needs, with why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "java.desktop", "bean introspection of snakeyaml and Jackson's java.beans annotations",
          "java.sql", "Jackson's types for SQL, and Micrometer's database metrics",
          "java.compiler", "annotation processors that the libraries bring along");

  private static final String FOLDER = "opt/java";

  private JavaRuntime() {}

  /** Returns the modules for a jar, as jdeps finds them. */
  public static Set<String> modules(Path jar, Set<String> more) throws IOException {
    String found =
        run(
                "jdeps",
                "--multi-release",
                String.valueOf(Runtime.version().feature()),
                "--ignore-missing-deps",
                "--print-module-deps",
                jar.toString())
            .strip();
    Set<String> modules = new TreeSet<>(List.of(found.split(",")));
    modules.removeAll(LEFT_OUT.keySet());
    modules.addAll(more);
    return modules;
  }

  /**
   * Links the JVM of an image.
   *
   * @param jmods the folder with the modules of another architecture, or empty for those of this
   *     JDK
   * @param work a folder for what is linked, before it is copied
   */
  public static void link(FileTree tree, Set<String> modules, Path jmods, Path work)
      throws IOException {
    FileTree.delete(work);
    List<String> command = new ArrayList<>();
    if (!jmods.toString().isEmpty()) {
      command.addAll(List.of("--module-path", jmods.toString()));
    }
    // Not compressed: the layer is, the better for it, and the JVM reads classes without inflating.
    command.addAll(
        List.of(
            "--add-modules",
            String.join(",", modules),
            "--compress",
            "zip-0",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            work.toString()));
    run("jlink", command.toArray(String[]::new));
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted().toList()) {
        String path = FOLDER + "/" + work.relativize(file);
        if (Files.isSymbolicLink(file)) {
          Path link = tree.resolve(path);
          Files.createDirectories(link.getParent());
          Files.createSymbolicLink(link, Files.readSymbolicLink(file));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          tree.copy(file, path);
        }
      }
    }
  }

  private static String run(String tool, String... arguments) throws IOException {
    ToolProvider provider =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IOException("this JDK has no " + tool + ": a JRE will not do"));
    StringWriter out = new StringWriter();
    try (PrintWriter writer = new PrintWriter(out)) {
      if (provider.run(writer, writer, arguments) != 0) {
        throw new IOException(tool + " failed:\n" + out);
      }
    }
    return out.toString();
  }
}
