package dev.lambdaconfig.cli.manifest;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The files and directories that are left out where a directory is read. A pattern without a slash
 * is compared with the name, and another one with the path below the directory that was named.
 */
public final class ExcludedFiles {

  /** Leaves nothing out. */
  public static final ExcludedFiles NONE = new ExcludedFiles(List.of());

  private static final String ANYWHERE = "**/";

  private final List<PathMatcher> names = new ArrayList<>();
  private final List<PathMatcher> paths = new ArrayList<>();

  /**
   * Leaves out what any of the patterns matches.
   *
   * @throws java.util.regex.PatternSyntaxException if one of them is no glob
   */
  public ExcludedFiles(List<String> globs) {
    for (String glob : globs) {
      String pattern = glob.replaceFirst("/+$", "");
      if (pattern.contains("/")) {
        paths.add(matcher(pattern));
      } else {
        names.add(matcher(pattern));
      }
      if (pattern.startsWith(ANYWHERE)) {
        // Where the pattern may match nothing, the slash behind it is none.
        paths.add(matcher(pattern.substring(ANYWHERE.length())));
      }
    }
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  /**
   * Whether a file or directory is left out.
   *
   * @param path its path below the directory that was named
   */
  boolean has(Path path) {
    return names.stream().anyMatch(name -> name.matches(path.getFileName()))
        || paths.stream().anyMatch(whole -> whole.matches(path));
  }
}
