package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Random specs and functions: few values of each, so that they often meet. */
final class Generator {

  /** No other text of a function or a spec has this in it. */
  static final String CANARY = "c4n4ry";

  private static final String INNER = "LambdaManagedInstancesCapacityProviderConfig";
  private static final String INNER_PATH = "lambdaManagedInstancesCapacityProviderConfig";

  private final Random random;

  Generator(long seed) {
    this.random = new Random(seed);
  }

  /** A spec of any of the fields, each set, cleared or absent. */
  ObjectNode spec() {
    ObjectNode spec = TestSpecs.object().put("functionName", "fn");
    maybe(() -> spec.put("role", "role-" + pick("a", "b")));
    maybe(() -> spec.put("handler", "app." + pick("a", "b")));
    maybe(() -> spec.put("runtime", pick("python3.12", "python3.13")));
    maybe(() -> spec.put("description", pick("", "mine", "theirs")));
    maybe(() -> spec.put("timeout", pick(3, 10, 30)));
    maybe(() -> spec.put("memorySize", pick(128, 256)));
    maybe(() -> spec.put("kmsKeyArn", pick("", "key-a", "key-b")));
    maybe(() -> spec.set("layers", some("layer-a", "layer-b", "layer-c")));
    maybe(() -> spec.set("vpcConfig", vpc()));
    maybe(() -> spec.set("environment", block(b -> maybe(() -> b.set("variables", variables())))));
    maybe(
        () ->
            spec.set(
                "deadLetterConfig",
                block(b -> maybe(() -> b.put("targetArn", pick("", "queue-a", "queue-b"))))));
    maybe(
        () ->
            spec.set(
                "tracingConfig",
                block(b -> maybe(() -> b.put("mode", pick("Active", "PassThrough"))))));
    maybe(() -> spec.set("fileSystemConfigs", wantedMounts()));
    maybe(() -> spec.set("imageConfig", image("entryPoint", "command", "workingDirectory")));
    maybe(() -> spec.set("ephemeralStorage", TestSpecs.object().put("size", pick(512, 1024))));
    maybe(
        () ->
            spec.set(
                "snapStart",
                block(b -> maybe(() -> b.put("applyOn", pick("None", "PublishedVersions"))))));
    maybe(() -> spec.set("loggingConfig", logging()));
    maybe(
        () ->
            spec.set(
                "durableConfig",
                durable("executionTimeout", "retentionPeriodInDays", "kmsKeyArn", true)));
    maybe(
        () ->
            spec.set(
                "capacityProviderConfig",
                TestSpecs.object()
                    .set(
                        INNER_PATH,
                        capacity(
                            "capacityProviderArn",
                            "perExecutionEnvironmentMaxConcurrency",
                            "executionEnvironmentMemoryGiBPerVCpu"))));
    return spec;
  }

  /** A settled function in any of the shapes in which AWS answers it. */
  ObjectNode function() {
    ObjectNode answer = TestSpecs.object();
    answer.put("FunctionName", "fn");
    answer.put("FunctionArn", "arn:aws:lambda:eu-west-1:123456789012:function:fn");
    answer.put("RevisionId", "r1").put("State", "Active").put("LastUpdateStatus", "Successful");
    answer.put("Role", "role-" + pick("a", "b")).put("CodeSize", 1);
    maybe(() -> answer.put("Handler", "app." + pick("a", "b")));
    maybe(() -> answer.put("Runtime", pick("python3.12", "python3.13")));
    maybe(() -> answer.put("Description", pick("", "mine", "theirs")));
    maybe(() -> answer.put("Timeout", pick(3, 10, 30)));
    maybe(() -> answer.put("MemorySize", pick(128, 256)));
    maybe(() -> answer.put("KMSKeyArn", pick("", "key-a", "key-b")));
    maybe(() -> answer.set("Layers", layers()));
    maybe(() -> answer.set("VpcConfig", attachment()));
    maybe(
        () -> answer.set("Environment", block(b -> maybe(() -> b.set("Variables", variables())))));
    if (random.nextInt(10) == 0) {
      answer.set("Environment", TestSpecs.tree("{Error: {ErrorCode: KMSAccessDeniedException}}"));
    }
    maybe(
        () ->
            answer.set(
                "DeadLetterConfig",
                block(b -> maybe(() -> b.put("TargetArn", pick("", "queue-a", "queue-b"))))));
    maybe(() -> answer.set("TracingConfig", one("Mode", pick("Active", "PassThrough"))));
    maybe(() -> answer.set("FileSystemConfigs", extra(mounts("Arn", "LocalMountPath"))));
    maybe(
        () ->
            answer.set(
                "ImageConfigResponse",
                block(
                    b ->
                        maybe(
                            () ->
                                b.set(
                                    "ImageConfig",
                                    image("EntryPoint", "Command", "WorkingDirectory"))))));
    maybe(() -> answer.set("EphemeralStorage", TestSpecs.object().put("Size", pick(512, 1024))));
    maybe(
        () ->
            answer.set(
                "SnapStart",
                one("ApplyOn", pick("None", "PublishedVersions"))
                    .put("OptimizationStatus", "Off")));
    maybe(() -> answer.set("LoggingConfig", liveLogging()));
    maybe(
        () ->
            answer.set(
                "DurableConfig",
                durable("ExecutionTimeout", "RetentionPeriodInDays", "KMSKeyArn", false)));
    maybe(
        () ->
            answer.set(
                "CapacityProviderConfig",
                TestSpecs.object()
                    .set(
                        INNER,
                        capacity(
                            "CapacityProviderArn",
                            "PerExecutionEnvironmentMaxConcurrency",
                            "ExecutionEnvironmentMemoryGiBPerVCpu"))));
    return answer;
  }

  /** The same function: sets in another order, defaults left out or put in. */
  ObjectNode sameInOtherWords(ObjectNode answer) {
    ObjectNode same = answer.deepCopy();
    same.put("SomethingNew", "x");
    if (same.get("VpcConfig") instanceof ObjectNode vpc) {
      shuffle(vpc, "SubnetIds");
      shuffle(vpc, "SecurityGroupIds");
      toggle(vpc, "Ipv6AllowedForDualStack", TestSpecs.tree("{x: false}").get("x"));
      if (vpc.path("SubnetIds").isEmpty() && vpc.path("SecurityGroupIds").isEmpty()) {
        maybe(() -> same.remove("VpcConfig"));
      }
    }
    toggle(same, "Description", TestSpecs.tree("{x: ''}").get("x"));
    toggle(same, "Timeout", TestSpecs.tree("{x: 3}").get("x"));
    toggle(same, "MemorySize", TestSpecs.tree("{x: 128}").get("x"));
    toggle(same, "KMSKeyArn", TestSpecs.tree("{x: ''}").get("x"));
    toggle(same, "Layers", TestSpecs.tree("{x: []}").get("x"));
    toggle(same, "FileSystemConfigs", TestSpecs.tree("{x: []}").get("x"));
    toggle(same, "Environment", TestSpecs.tree("{x: {Variables: {}}}").get("x"));
    toggle(same, "DeadLetterConfig", TestSpecs.tree("{x: {TargetArn: ''}}").get("x"));
    toggle(same, "TracingConfig", TestSpecs.tree("{x: {Mode: PassThrough}}").get("x"));
    toggle(same, "EphemeralStorage", TestSpecs.tree("{x: {Size: 512}}").get("x"));
    toggle(same, "ImageConfigResponse", TestSpecs.tree("{x: {ImageConfig: {}}}").get("x"));
    toggle(
        same,
        "LoggingConfig",
        TestSpecs.tree("{x: {LogFormat: Text, LogGroup: /aws/lambda/fn}}").get("x"));
    return same;
  }

  /** Absent and default are the same, so the one becomes the other now and then. */
  private void toggle(ObjectNode in, String name, JsonNode resting) {
    if (resting.equals(in.get(name))) {
      maybe(() -> in.remove(name));
    } else if (!in.has(name)) {
      maybe(() -> in.set(name, resting));
    }
  }

  private void shuffle(ObjectNode in, String name) {
    if (in.get(name) instanceof ArrayNode array) {
      List<JsonNode> items = new ArrayList<>();
      array.forEach(items::add);
      Collections.shuffle(items, random);
      in.putArray(name).addAll(items);
    }
  }

  private ObjectNode vpc() {
    return block(
        b -> {
          maybe(() -> b.set("subnetIds", some("subnet-a", "subnet-b", "subnet-c")));
          maybe(() -> b.set("securityGroupIds", some("sg-a", "sg-b")));
          maybe(() -> b.put("ipv6AllowedForDualStack", random.nextBoolean()));
        });
  }

  private ObjectNode attachment() {
    ArrayNode subnets = some("subnet-a", "subnet-b", "subnet-c");
    ArrayNode groups = some("sg-a", "sg-b");
    if (subnets.isEmpty() || groups.isEmpty()) {
      subnets.removeAll();
      groups.removeAll();
    }
    ObjectNode vpc = TestSpecs.object();
    vpc.set("SubnetIds", subnets);
    vpc.set("SecurityGroupIds", groups);
    vpc.put("VpcId", subnets.isEmpty() ? "" : "vpc-1");
    boolean inside = !subnets.isEmpty();
    maybe(() -> vpc.put("Ipv6AllowedForDualStack", inside && random.nextBoolean()));
    return vpc;
  }

  private ObjectNode logging() {
    return block(
        b -> {
          maybe(() -> b.put("logFormat", pick("JSON", "Text")));
          maybe(() -> b.put("applicationLogLevel", pick("DEBUG", "INFO")));
          maybe(() -> b.put("systemLogLevel", pick("WARN", "INFO")));
          maybe(() -> b.put("logGroup", pick("", "/mine", "/aws/lambda/fn")));
        });
  }

  private ObjectNode liveLogging() {
    ObjectNode logging = TestSpecs.object();
    boolean json = random.nextBoolean();
    logging.put("LogFormat", json ? "JSON" : "Text");
    if (json) {
      maybe(() -> logging.put("ApplicationLogLevel", pick("DEBUG", "INFO")));
      maybe(() -> logging.put("SystemLogLevel", pick("WARN", "INFO")));
    }
    maybe(() -> logging.put("LogGroup", pick("/mine", "/aws/lambda/fn")));
    return logging;
  }

  private ObjectNode image(String entryPoint, String command, String workingDirectory) {
    return block(
        b -> {
          maybe(() -> b.set(entryPoint, some("e1", "e2")));
          maybe(() -> b.set(command, some("c1", "c2")));
          maybe(() -> b.put(workingDirectory, pick("", "/w1", "/w2")));
        });
  }

  private ObjectNode durable(String timeout, String days, String key, boolean emptyKey) {
    ObjectNode durable = TestSpecs.object().put(timeout, pick(60, 90));
    maybe(() -> durable.put(days, pick(7, 14)));
    maybe(() -> durable.put(key, emptyKey ? pick("", "key-a") : "key-a"));
    return durable;
  }

  private ObjectNode capacity(String arn, String concurrency, String memory) {
    ObjectNode capacity = TestSpecs.object().put(arn, pick("provider-a", "provider-b"));
    maybe(() -> capacity.put(concurrency, pick(1, 8)));
    maybe(() -> capacity.put(memory, pick(2.0, 2.5)));
    return capacity;
  }

  private ArrayNode mounts(String arn, String path) {
    ArrayNode mounts = TestSpecs.object().putArray("x");
    if (random.nextInt(3) > 0) {
      mounts.add(
          TestSpecs.object().put(arn, pick("ap-a", "ap-b")).put(path, pick("/mnt/a", "/mnt/b")));
    }
    return mounts;
  }

  private ArrayNode wantedMounts() {
    ArrayNode mounts = mounts("arn", "localMountPath");
    mounts.forEach(
        mount ->
            maybe(
                () ->
                    ((ObjectNode) mount)
                        .set(
                            "s3FilesConfig",
                            pick(
                                TestSpecs.object(),
                                one("directS3Read", "AUTO"),
                                one("directS3Read", "ENABLED")))));
    return mounts;
  }

  private ArrayNode extra(ArrayNode mounts) {
    mounts.forEach(
        mount ->
            maybe(
                () ->
                    ((ObjectNode) mount)
                        .set(
                            "S3FilesConfig",
                            one("DirectS3Read", pick("AUTO", "ENABLED", "DISABLED")))));
    return mounts;
  }

  private ArrayNode layers() {
    ArrayNode layers = TestSpecs.object().putArray("x");
    some("layer-a", "layer-b", "layer-c")
        .forEach(arn -> layers.add(one("Arn", arn.asText()).put("CodeSize", 17)));
    return layers;
  }

  private ObjectNode variables() {
    return block(
        b -> {
          for (String key : List.of("AA", "BB", "CC")) {
            maybe(() -> b.put(key, CANARY + pick("-1", "-2", "\"\n\\")));
          }
        });
  }

  private ArrayNode some(String... values) {
    List<String> items = new ArrayList<>(List.of(values));
    Collections.shuffle(items, random);
    ArrayNode array = TestSpecs.object().putArray("x");
    items.subList(0, random.nextInt(items.size() + 1)).forEach(array::add);
    return array;
  }

  private static ObjectNode one(String name, String value) {
    return TestSpecs.object().put(name, value);
  }

  private static ObjectNode block(Consumer<ObjectNode> content) {
    ObjectNode block = TestSpecs.object();
    content.accept(block);
    return block;
  }

  private void maybe(Runnable what) {
    if (random.nextInt(3) > 0) {
      what.run();
    }
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
