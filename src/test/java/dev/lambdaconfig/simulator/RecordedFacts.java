package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers recorded from real AWS, in a file that is not part of this repository. */
record RecordedFacts(Map<String, JsonNode> byId) {

  static final String PROPERTY = "recorded.aws";

  /** Reads the file that is named, if one is; a named file that cannot be read is an error. */
  static Optional<RecordedFacts> find() {
    String named = System.getProperty(PROPERTY, System.getenv("RECORDED_AWS"));
    if (named != null) {
      return Optional.of(read(Path.of(named)));
    }
    Path beside = Path.of("..", "shared", "recorded-aws.json");
    return Files.exists(beside) ? Optional.of(read(beside)) : Optional.empty();
  }

  private static RecordedFacts read(Path file) {
    Map<String, JsonNode> facts = new LinkedHashMap<>();
    try {
      Json.read(Files.readAllBytes(file))
          .path("facts")
          .forEach(fact -> facts.put(fact.path("id").asText(), fact));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RecordedFacts(facts);
  }

  JsonNode fact(String id) {
    JsonNode fact = byId.get(id);
    if (fact == null) {
      throw new IllegalArgumentException("no recorded fact " + id);
    }
    return fact;
  }
}
