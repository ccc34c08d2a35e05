package dev.lambdaconfig.cli.manifest.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** YAML that is part of this program. */
public final class TrustedYaml {

  private TrustedYaml() {}

  /** Reads a resource of one document, which lies beside a class. */
  public static JsonNode read(Class<?> beside, String name) {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      List<JsonNode> roots = new ArrayList<>();
      new Documents(
              new Allowance(),
              document -> roots.add(document.root()),
              fault -> {
                throw new IllegalStateException(name + ": " + fault);
              })
          .read(new String(stream.readAllBytes(), StandardCharsets.UTF_8), false);
      return roots.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the jar: " + name, e);
    }
  }
}
