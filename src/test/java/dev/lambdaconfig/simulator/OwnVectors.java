package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.HttpCaller.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Examples of this repository for the behaviour of AWS on which the operator relies.
 *
 * <p>A vector is a function called {@code f} and steps on it: {@code update}, {@code create},
 * {@code get} or {@code list}, and what to expect of the answer: {@code status}, {@code code},
 * {@code message} (a part of it), {@code has} (values of members), {@code lacks} (members), {@code
 * revision} ({@code moved} or {@code kept} since the step before). {@code settle} lets time pass
 * first.
 */
final class OwnVectors {

  private static final List<String> FILES =
      List.of("life-cycle", "keep-and-clear", "refusals", "names-and-lists");

  private OwnVectors() {}

  static Stream<Vector> all() {
    return FILES.stream().flatMap(OwnVectors::read);
  }

  private static Stream<Vector> read(String file) {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream json =
        OwnVectors.class.getResourceAsStream("/simulator/vectors/" + file + ".json")) {
      Json.read(Objects.requireNonNull(json, file).readAllBytes())
          .forEach(vector -> vectors.add(new Vector(vector.path("name").asText(), vector)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors.stream();
  }

  record Vector(String name, JsonNode vector) {

    void run() {
      AdjustableClock clock = new AdjustableClock(Instant.parse("2026-05-06T07:08:09Z"));
      try (LambdaSimulator aws = LambdaSimulator.builder().clock(clock).start()) {
        HttpCaller http = new HttpCaller(aws.endpoint());
        arrange(aws);
        String revision =
            aws.home().exists("f") ? aws.function("f").path("RevisionId").asText() : "";
        for (JsonNode step : vector.path("steps")) {
          if (step.path("settle").asBoolean()) {
            clock.advance(Duration.ofMinutes(1));
          }
          Reply reply = perform(http, step, revision);
          JsonNode body =
              reply.body().has("Configuration") ? reply.body().get("Configuration") : reply.body();
          expect(step.path("expect"), reply, body, revision);
          if (body.hasNonNull("RevisionId")) {
            revision = body.path("RevisionId").asText();
          }
        }
      }
    }

    private void arrange(LambdaSimulator aws) {
      vector.path("missing").forEach(id -> aws.externalResources().missingSubnet(id.asText()));
      if (vector.path("memoryLimit").isInt()) {
        aws.externalResources().memoryLimit(vector.path("memoryLimit").asInt());
      }
      vector
          .path("unassumable")
          .forEach(role -> aws.externalResources().unassumableRole(role.asText()));
      if (vector.has("zip")) {
        aws.createFunction(FunctionSeed.zip("f").with(vector.get("zip").toString()));
      } else if (vector.has("image")) {
        aws.createFunction(FunctionSeed.image("f").with(vector.get("image").toString()));
      }
      JsonNode state = vector.path("state");
      if (state.isTextual()) {
        aws.setState("f", state.asText(), null, null);
      }
    }

    private static Reply perform(HttpCaller http, JsonNode step, String revision) {
      String name = step.path("of").asText("f");
      if (step.has("update")) {
        String body = step.get("update").toString().replace("@revision", revision);
        return http.update(name, body);
      }
      if (step.has("create")) {
        return http.create(step.get("create"));
      }
      if (step.has("list")) {
        return http.list(step.get("list").asText());
      }
      if (step.has("post")) {
        return http.call(
            "POST", HttpCaller.function(name) + "/" + step.get("post").asText(), Json.object());
      }
      return step.path("get").asText().equals("function")
          ? http.getFunction(name, "")
          : http.getConfiguration(name, step.path("query").asText(""));
    }

    private static void expect(JsonNode expected, Reply reply, JsonNode body, String revision) {
      assertThat(reply.status())
          .as("status of %s", reply)
          .isEqualTo(expected.path("status").asInt(200));
      if (expected.has("code")) {
        assertThat(reply.errorCode()).isEqualTo(expected.get("code").asText());
      }
      if (expected.has("message")) {
        assertThat(reply.message()).contains(expected.get("message").asText());
      }
      expected
          .path("has")
          .properties()
          .forEach(
              member ->
                  assertThat(body.at(pointer(member.getKey())))
                      .as(member.getKey())
                      .isEqualTo(member.getValue()));
      expected
          .path("lacks")
          .forEach(
              member ->
                  assertThat(body.at(pointer(member.asText())).isMissingNode())
                      .as("%s is absent", member.asText())
                      .isTrue());
      String moved = expected.path("revision").asText("");
      if (!moved.isEmpty()) {
        assertThat(body.path("RevisionId").asText().equals(revision))
            .as("revision is kept")
            .isEqualTo(moved.equals("kept"));
      }
    }

    private static String pointer(String member) {
      return "/" + member.replace('.', '/');
    }
  }
}
