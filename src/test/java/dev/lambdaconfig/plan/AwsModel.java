package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * What AWS makes of a request, as far as it is known; where it is not, both ways.
 *
 * @param mergesLogging LoggingConfig keeps what is not sent, instead of going back to defaults
 * @param mergesVpc VpcConfig keeps what is not sent, instead of emptying it
 * @param terse what is empty or default is left out of answers, as some endpoints do
 */
public record AwsModel(boolean mergesLogging, boolean mergesVpc, boolean terse) {

  /** AWS takes no such request. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** All the ways in which AWS may work. */
  public static List<AwsModel> all() {
    return List.of(
        new AwsModel(false, false, false),
        new AwsModel(true, false, true),
        new AwsModel(false, true, true),
        new AwsModel(true, true, false));
  }

  /** The function after the request. */
  public ObjectNode applied(ObjectNode before, ObjectNode request) {
    ObjectNode after = before.deepCopy();
    request
        .properties()
        .forEach(
            member -> {
              JsonNode sent = member.getValue();
              switch (member.getKey()) {
                case "VpcConfig" -> vpc(after, sent);
                case "Environment" -> environment(after, sent);
                case "DeadLetterConfig" -> deadLetters(after, sent);
                case "KMSKeyArn" -> setOrRemove(after, "KMSKeyArn", sent, sent.asText().isEmpty());
                case "Layers" -> layers(after, sent);
                case "FileSystemConfigs" ->
                    setOrRemove(after, "FileSystemConfigs", sent, sent.isEmpty());
                case "ImageConfig" -> image(after, sent);
                case "LoggingConfig" -> logging(after, sent);
                case "DurableConfig" -> durable(after, sent);
                case "EphemeralStorage", "TracingConfig", "SnapStart" -> {
                  require(sent.size() == 1, member.getKey() + " without its value");
                  after.set(member.getKey(), sent);
                }
                case "CapacityProviderConfig" -> {
                  require(
                      after.has("CapacityProviderConfig"),
                      "CapacityProviderConfig isn't supported for Lambda Default functions.");
                  after.set("CapacityProviderConfig", sent);
                }
                default -> after.set(member.getKey(), sent);
              }
            });
    if (terse) {
      forget(after);
    }
    return after;
  }

  private static void forget(ObjectNode after) {
    after.properties().removeIf(member -> isNothing(member.getValue()));
    if (after.path("Timeout").asInt() == 3) {
      after.remove("Timeout");
    }
    if (after.path("VpcConfig").path("SubnetIds").isEmpty()) {
      after.remove("VpcConfig");
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isContainerNode()
        ? value.isEmpty()
        : value.isTextual() && value.asText().isEmpty();
  }

  private void vpc(ObjectNode after, JsonNode sent) {
    ObjectNode vpc = TestSpecs.object();
    for (String list : List.of("SubnetIds", "SecurityGroupIds")) {
      JsonNode live = after.path("VpcConfig").path(list);
      ArrayNode ids = vpc.putArray(list);
      reversed(sent.has(list) ? sent.get(list) : mergesVpc ? live : TestSpecs.object(), ids);
    }
    require(
        vpc.get("SubnetIds").isEmpty() == vpc.get("SecurityGroupIds").isEmpty(),
        "SubnetIds and SecurityIds must coexist or be both empty list.");
    boolean live = mergesVpc && after.path("VpcConfig").path("Ipv6AllowedForDualStack").asBoolean();
    boolean ipv6 = sent.path("Ipv6AllowedForDualStack").asBoolean(live);
    require(!ipv6 || !vpc.get("SubnetIds").isEmpty(), "ipv6 without subnets");
    vpc.put("Ipv6AllowedForDualStack", ipv6);
    vpc.put("VpcId", vpc.get("SubnetIds").isEmpty() ? "" : "vpc-1");
    after.set("VpcConfig", vpc);
  }

  /** AWS keeps sets of ids, and answers them in an order of its own. */
  private static void reversed(JsonNode from, ArrayNode to) {
    from.forEach(item -> to.insert(0, item));
  }

  private static void environment(ObjectNode after, JsonNode sent) {
    if (sent.has("Variables")) {
      after.set("Environment", TestSpecs.object().set("Variables", sent.get("Variables")));
    }
  }

  private static void deadLetters(ObjectNode after, JsonNode sent) {
    if (sent.has("TargetArn")) {
      setOrRemove(after, "DeadLetterConfig", sent, sent.get("TargetArn").asText().isEmpty());
    }
  }

  private static void layers(ObjectNode after, JsonNode sent) {
    ArrayNode layers = TestSpecs.object().putArray("x");
    sent.forEach(
        arn -> layers.add(TestSpecs.object().put("Arn", arn.asText()).put("CodeSize", 17)));
    setOrRemove(after, "Layers", layers, layers.isEmpty());
  }

  /** Replaced whole: what is not sent is gone. */
  private static void image(ObjectNode after, JsonNode sent) {
    ObjectNode image = TestSpecs.object();
    sent.properties()
        .forEach(
            member -> {
              if (!isNothing(member.getValue())) {
                image.set(member.getKey(), member.getValue());
              }
            });
    setOrRemove(
        after,
        "ImageConfigResponse",
        TestSpecs.object().set("ImageConfig", image),
        image.isEmpty());
  }

  private void logging(ObjectNode after, JsonNode sent) {
    ObjectNode logging = TestSpecs.object();
    if (mergesLogging && after.get("LoggingConfig") instanceof ObjectNode live) {
      logging.setAll(live.deepCopy());
    }
    logging.setAll((ObjectNode) sent);
    Set<String> levels = Set.of("ApplicationLogLevel", "SystemLogLevel");
    if (logging.path("LogFormat").asText().equals("JSON")) {
      levels.stream().filter(level -> !logging.has(level)).forEach(l -> logging.put(l, "INFO"));
    } else {
      require(
          levels.stream().noneMatch(sent::has),
          "LogLevel is not supported when LogFormat is set to \"Text\".");
      logging.put("LogFormat", "Text");
      logging.remove(levels);
    }
    if (!logging.has("LogGroup")) {
      logging.put("LogGroup", "/aws/lambda/" + after.path("FunctionName").asText());
    }
    after.set("LoggingConfig", logging);
  }

  private static void durable(ObjectNode after, JsonNode sent) {
    require(
        after.get("DurableConfig") instanceof ObjectNode,
        "You cannot add a durable configuration to a function that was originally created with no"
            + " durable configuration");
    ObjectNode durable = ((ObjectNode) after.get("DurableConfig")).deepCopy();
    durable.setAll((ObjectNode) sent);
    if (durable.path("KMSKeyArn").asText().isEmpty()) {
      durable.remove("KMSKeyArn");
    }
    after.set("DurableConfig", durable);
  }

  private static void setOrRemove(ObjectNode after, String name, JsonNode value, boolean remove) {
    if (remove) {
      after.remove(name);
    } else {
      after.set(name, value);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new Refused(message);
    }
  }
}
