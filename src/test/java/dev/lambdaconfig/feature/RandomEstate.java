package dev.lambdaconfig.feature;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Functions with random settings, of all that a function can have. */
final class RandomEstate {

  private static final String LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:";
  private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/";
  private static final String PROVIDER = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:";
  private static final String ACCESS_POINT =
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";
  private static final String S3_FILES =
      "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0"
          + "/access-point/fsap-0123456789abcdef0";

  /** Values that parsers of YAML could take for something else. */
  private static final String[] VALUES = {
    "on",
    "1e3",
    "0o7",
    "",
    " ",
    "a\u0085b",
    "line\nline\r\n",
    "\ttab",
    "{\"k\": [1]}",
    "'",
    "\\",
    "🚀",
    "null",
    "~",
    "\u2028x\u007f",
    "2026-11-26",
    "a: b #c",
    "\ufeff",
    "true"
  };

  private final Random random;

  RandomEstate(long seed) {
    random = new Random(seed);
  }

  /** A function, of which the number makes the name its own. */
  FunctionSeed next(int number) {
    String name = pick("fn", "Fn", "FN_", "-fn", "on", "f_n-") + number + pick("", "_", "-", "X");
    boolean image = random.nextInt(5) == 0;
    FunctionSeed seed = image ? FunctionSeed.image(name) : FunctionSeed.zip(name);
    for (Map.Entry<String, Object> member : members(image).entrySet()) {
      seed = seed.with(member.getKey(), member.getValue());
    }
    return seed;
  }

  private Map<String, Object> members(boolean image) {
    Map<String, Object> members = new LinkedHashMap<>();
    maybe(() -> members.put("Description", pick(VALUES)));
    maybe(() -> members.put("Timeout", pick(3, 30, 900)));
    maybe(() -> members.put("MemorySize", pick(128, 512, 3008)));
    maybe(() -> members.put("Environment", Map.of("Variables", variables())));
    maybe(() -> members.put("KMSKeyArn", KEY + pick("one", "two")));
    maybe(
        () ->
            members.put(
                "DeadLetterConfig",
                Map.of("TargetArn", "arn:aws:sqs:eu-west-1:123456789012:" + pick("a", "b"))));
    maybe(() -> members.put("TracingConfig", Map.of("Mode", pick("Active", "PassThrough"))));
    maybe(() -> members.put("EphemeralStorage", Map.of("Size", pick(512, 1024, 10240))));
    maybe(() -> members.put("LoggingConfig", logging()));
    if (random.nextInt(2) == 0) {
      members.put("VpcConfig", vpc());
      maybe(() -> members.put("FileSystemConfigs", List.of(mount())));
    }
    if (random.nextInt(4) == 0) {
      members.put("DurableConfig", durable());
    } else if (random.nextInt(4) == 0) {
      members.put("CapacityProviderConfig", provider());
    }
    if (image) {
      maybe(() -> members.put("ImageConfig", imageConfig()));
    } else {
      boolean java = random.nextInt(3) == 0;
      members.put("Runtime", java ? "java21" : pick("python3.12", "nodejs22.x"));
      members.put("Handler", pick("app.handler", "a/b.c::d", "on"));
      maybe(() -> members.put("Layers", layers()));
      if (java) {
        members.put("SnapStart", Map.of("ApplyOn", pick("PublishedVersions", "None")));
      }
    }
    return members;
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    for (String name : List.of("on_", "Yes", "n0", "LOG_LEVEL", "x__", "NULL", "aB9")) {
      maybe(() -> variables.put(name, pick(VALUES)));
    }
    if (random.nextInt(20) == 0) {
      variables.put("Ab", "x".repeat(3000));
    }
    return variables;
  }

  private Map<String, Object> logging() {
    Map<String, Object> logging = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      logging.put("LogFormat", "JSON");
      maybe(() -> logging.put("ApplicationLogLevel", pick("INFO", "TRACE", "FATAL")));
      maybe(() -> logging.put("SystemLogLevel", pick("INFO", "WARN")));
    }
    maybe(() -> logging.put("LogGroup", pick("/mine", "on")));
    return logging;
  }

  private Map<String, Object> vpc() {
    return Map.of(
        "SubnetIds", some("subnet-2", "subnet-1", "subnet-3"),
        "SecurityGroupIds", some("sg-2", "sg-1"),
        "Ipv6AllowedForDualStack", random.nextBoolean());
  }

  private Map<String, Object> mount() {
    Map<String, Object> mount = new LinkedHashMap<>();
    boolean s3 = random.nextBoolean();
    mount.put("Arn", s3 ? S3_FILES : ACCESS_POINT);
    mount.put("LocalMountPath", "/mnt/" + pick("a", "b"));
    if (s3) {
      maybe(
          () ->
              mount.put(
                  "S3FilesConfig", Map.of("DirectS3Read", pick("AUTO", "ENABLED", "DISABLED"))));
    }
    return mount;
  }

  private Map<String, Object> durable() {
    Map<String, Object> durable = new LinkedHashMap<>();
    durable.put("ExecutionTimeout", pick(60, 3600));
    durable.put("RetentionPeriodInDays", pick(1, 14));
    maybe(() -> durable.put("KMSKeyArn", KEY + "one"));
    return durable;
  }

  private Map<String, Object> provider() {
    Map<String, Object> provider = new LinkedHashMap<>();
    provider.put("CapacityProviderArn", PROVIDER + pick("one", "two"));
    maybe(() -> provider.put("PerExecutionEnvironmentMaxConcurrency", pick(1, 10)));
    maybe(() -> provider.put("ExecutionEnvironmentMemoryGiBPerVCpu", pick(2.0, 4.5)));
    return Map.of("LambdaManagedInstancesCapacityProviderConfig", provider);
  }

  private Map<String, Object> imageConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    maybe(() -> config.put("EntryPoint", List.of("/init", "on")));
    maybe(() -> config.put("Command", List.of("app", "", "1e3")));
    maybe(() -> config.put("WorkingDirectory", "/w"));
    return config;
  }

  private List<String> layers() {
    List<String> layers = new ArrayList<>();
    maybe(() -> layers.add(LAYER + "b:2"));
    maybe(() -> layers.add(LAYER + "a:10"));
    return layers;
  }

  private List<String> some(String... values) {
    return List.of(values).subList(0, 1 + random.nextInt(values.length));
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  private void maybe(Runnable what) {
    if (random.nextInt(3) > 0) {
      what.run();
    }
  }
}
