package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Random specs. */
final class RandomSpec extends RandomSettings {

  private static final String INNER = "lambdaManagedInstancesCapacityProviderConfig";

  RandomSpec(Random random) {
    super(random);
  }

  /** A spec of any of the fields, each set, cleared or absent. */
  ObjectNode next() {
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
                        INNER,
                        capacity(
                            "capacityProviderArn",
                            "perExecutionEnvironmentMaxConcurrency",
                            "executionEnvironmentMemoryGiBPerVCpu"))));
    return spec;
  }

  private ObjectNode vpc() {
    return block(
        b -> {
          maybe(() -> b.set("subnetIds", some("subnet-a", "subnet-b", "subnet-c")));
          maybe(() -> b.set("securityGroupIds", some("sg-a", "sg-b")));
          maybe(() -> b.put("ipv6AllowedForDualStack", flip()));
        });
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
}
