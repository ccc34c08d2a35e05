package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Random answers of AWS to a read. */
final class RandomFunction extends RandomSettings {

  private static final String INNER = "LambdaManagedInstancesCapacityProviderConfig";

  RandomFunction(Random random) {
    super(random);
  }

  /** A settled function in any of the shapes in which AWS answers it. */
  ObjectNode next() {
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
    if (oneIn(10)) {
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
    maybe(() -> vpc.put("Ipv6AllowedForDualStack", inside && flip()));
    return vpc;
  }

  private ObjectNode liveLogging() {
    ObjectNode logging = TestSpecs.object();
    boolean json = flip();
    logging.put("LogFormat", json ? "JSON" : "Text");
    if (json) {
      maybe(() -> logging.put("ApplicationLogLevel", pick("DEBUG", "INFO")));
      maybe(() -> logging.put("SystemLogLevel", pick("WARN", "INFO")));
    }
    maybe(() -> logging.put("LogGroup", pick("/mine", "/aws/lambda/fn")));
    return logging;
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
}
