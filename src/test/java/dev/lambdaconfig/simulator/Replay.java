package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.HttpCaller.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A recorded test that is repeated with the simulator, and the comparison of its answers. */
final class Replay implements AutoCloseable {

  static final String REGION = "us-east-1";
  static final String ACCOUNT = "111111111111";
  static final String FUNCTION = "replayed";

  private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-01-12T15:00:00Z"));
  private final RecordedFacts facts;
  private final BiConsumer<String, List<String>> verdicts;
  final AnswerComparison comparison = new AnswerComparison();
  final LambdaSimulator aws =
      LambdaSimulator.builder().region(REGION).account(ACCOUNT).clock(clock).start();
  final HttpCaller http = new HttpCaller(aws.endpoint());

  /**
   * Creates the replay of a test; {@code verdicts} receives the ID of each fact and its
   * differences.
   */
  Replay(RecordedFacts facts, BiConsumer<String, List<String>> verdicts) {
    this.facts = facts;
    this.verdicts = verdicts;
    Map.of("partition", "aws", "region", REGION).forEach(comparison::bind);
  }

  /** The members that the recorded tests send with each creation. */
  static ObjectNode usualCreation() {
    ObjectNode request = Json.object("FunctionName", FUNCTION);
    request.put("Role", "arn:aws:iam::" + ACCOUNT + ":role/replayer");
    request.put("Handler", "handler.handler").put("Runtime", "python3.12").put("Timeout", 30);
    request.set("Environment", Json.parse("{\"Variables\":{}}"));
    request.set("Code", Json.object().put("ZipFile", zip(1)));
    return request;
  }

  static byte[] zip(int bytes) {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("handler.py"));
      byte[] block = new byte[1 << 20];
      for (int left = bytes; left > 0; left -= block.length) {
        entries.write(block, 0, Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip.toByteArray();
  }

  void settle() {
    clock.advance(Duration.ofSeconds(10));
  }

  /**
   * The recorded request with its placeholders filled, and with these members in place of recorded
   * ones.
   */
  JsonNode request(String id, @Nullable String over) {
    ObjectNode request = Json.object();
    request.setAll((ObjectNode) comparison.filledIn(facts.fact(id).path("request")));
    if (over != null) {
      request.setAll(Json.parse(over));
    }
    return request;
  }

  void given(String members) {
    ObjectNode request = usualCreation();
    request.setAll(Json.parse(members));
    Reply reply = http.create(request);
    if (reply.status() != 201) {
      throw new IllegalStateException("not created: " + reply);
    }
    settle();
  }

  void given() {
    given("{}");
  }

  void create(String id) {
    create(id, null);
  }

  void create(String id, @Nullable String over) {
    ObjectNode request = usualCreation();
    request.setAll((ObjectNode) request(id, over));
    compare(id, http.create(request));
  }

  void update(String id) {
    update(id, null);
  }

  void update(String id, @Nullable String over) {
    compare(id, http.update(FUNCTION, request(id, over)));
  }

  /** The answer was recorded at the end of the update that the fact's request began. */
  void updateAndRead(String id) {
    http.update(FUNCTION, request(id, null));
    settle();
    compare(id, http.getConfiguration(FUNCTION));
  }

  void updateCode(String id) {
    ObjectNode request = Json.object();
    request.setAll((ObjectNode) request(id, null));
    if (!request.has("ImageUri")) {
      request.put("ZipFile", zip(1));
    }
    compare(id, http.call("PUT", HttpCaller.function(FUNCTION) + "/code", request));
  }

  void publish(String id) {
    compare(id, publish(request(id, null)));
  }

  Reply publish(JsonNode request) {
    return http.call("POST", HttpCaller.function(FUNCTION) + "/versions", request);
  }

  void get(String id) {
    get(id, "");
  }

  void get(String id, String query) {
    Reply reply = http.getFunction(FUNCTION, query);
    compare(id, new Reply(reply.status(), reply.errorCode(), reply.body().path("Configuration")));
  }

  void getConfiguration(String id) {
    compare(id, http.getConfiguration(FUNCTION));
  }

  void compare(String id, Reply reply) {
    JsonNode fact = facts.fact(id);
    List<String> differences = new ArrayList<>();
    if (fact.has("error")) {
      compareError(fact.get("error"), reply, differences);
    } else {
      // Lists were recorded as the sum of their pages, without a status.
      int status = fact.path("http").asInt(reply.status());
      if (status != reply.status()) {
        differences.add("status should be " + status + ", is " + reply.status());
      }
      comparison.compareMembers(fact.path("response"), reply.body(), differences);
      if (fact.has("members")) {
        Set<String> members = new TreeSet<>(Json.texts(fact.get("members")));
        compareNames(members, reply.body(), differences);
      }
    }
    verdicts.accept(id, differences);
  }

  private void compareError(JsonNode error, Reply reply, List<String> differences) {
    if (error.path("http").asInt() != reply.status()) {
      differences.add("status should be " + error.path("http") + ", is " + reply.status());
    }
    if (!error.path("code").asText().equals(reply.errorCode())) {
      differences.add("code should be " + error.path("code") + ", is " + reply.errorCode());
    }
    String message = reply.message();
    if (error.path("message").isNull() != (message == null)) {
      differences.add("message should be " + error.path("message") + ", is " + message);
    } else if (message != null) {
      comparison.compareText("message", error.path("message").asText(), message, differences);
      if (error.has("message_length") && error.path("message_length").asInt() != message.length()) {
        differences.add("message has " + message.length() + " characters");
      }
    }
    if (error.path("body_members").isEmpty()) {
      // Of errors outside the service model the recorder saw the message only.
      if (reply.body().size() != 1) {
        differences.add("body should be a message only, is " + reply.body());
      }
    } else {
      compareNames(
          new TreeSet<>(Json.texts(error.path("body_members"))), reply.body(), differences);
      if (!error.path("type").equals(reply.body().path("Type"))) {
        differences.add("Type is " + reply.body().path("Type"));
      }
    }
  }

  private static void compareNames(Set<String> recorded, JsonNode body, List<String> differences) {
    Set<String> actual = new TreeSet<>();
    body.fieldNames().forEachRemaining(actual::add);
    if (!recorded.equals(actual)) {
      differences.add("members should be " + recorded + ", are " + actual);
    }
  }

  @Override
  public void close() {
    aws.close();
  }
}
