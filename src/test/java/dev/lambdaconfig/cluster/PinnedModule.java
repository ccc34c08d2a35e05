package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Go module of the test resources: its go.sum pins, by hash, the one release that this project
 * tests with; the other providers read the release from here too.
 */
record PinnedModule(Release kubernetes, String go) {

  private static final List<String> FILES = List.of("go.mod", "go.sum", "tools.go");
  private static final Pattern KUBERNETES =
      Pattern.compile("^\\s*k8s\\.io/kubernetes (v\\S+)$", Pattern.MULTILINE);
  private static final Pattern GO = Pattern.compile("^go (\\S+)$", Pattern.MULTILINE);

  static PinnedModule onClassPath() {
    var text = new String(read("go.mod"), StandardCharsets.UTF_8);
    return new PinnedModule(Release.parse(first(KUBERNETES, text)).orElseThrow(), first(GO, text));
  }

  void copyTo(Path folder) throws IOException {
    for (var file : FILES) {
      Files.write(folder.resolve(file), read(file));
    }
  }

  private static String first(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("go.mod has no line " + pattern);
    }
    return matcher.group(1);
  }

  private static byte[] read(String file) {
    var name = "/apiserver/" + file;
    try (var in = PinnedModule.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
