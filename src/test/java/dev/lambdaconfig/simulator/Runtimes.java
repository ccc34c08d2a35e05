package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The runtimes that AWS accepts, and the features that depend on them (docs/aws.md#runtime-values).
 */
final class Runtimes {

  /** The list in a message of AWS of January 2026, in its order. */
  private static final List<String> ACCEPTED =
      List.of(
          "nodejs20.x",
          "python3.14",
          "provided.al2023",
          "python3.12",
          "python3.13",
          "nodejs24.x",
          "nodejs22.x",
          "java25",
          "python3.10",
          "python3.11",
          "java21",
          "ruby3.3",
          "ruby3.4",
          "ruby3.2",
          "python3.8",
          "python3.9",
          "java17",
          "nodejs16.x",
          "dotnet10",
          "dotnet8",
          "java11",
          "dotnet6",
          "nodejs18.x",
          "provided.al2",
          "java8.al2");

  private static final Set<String> DEPRECATED =
      Set.of(
          "nodejs",
          "nodejs4.3",
          "nodejs4.3-edge",
          "nodejs6.10",
          "nodejs8.10",
          "nodejs10.x",
          "nodejs12.x",
          "nodejs14.x",
          "java8",
          "python2.7",
          "python3.6",
          "python3.7",
          "dotnetcore1.0",
          "dotnetcore2.0",
          "dotnetcore2.1",
          "dotnetcore3.1",
          "go1.x",
          "ruby2.5",
          "ruby2.7",
          "provided");

  private static final Pattern SNAP_START =
      Pattern.compile("java(11|17|21|25).*|python3\\.1[2-9]|dotnet(8|10)");

  private Runtimes() {}

  static void requireUsable(String runtime) {
    if (DEPRECATED.contains(runtime)) {
      throw ApiError.invalidParameter(
          "The runtime parameter of "
              + runtime
              + " is no longer supported for creating or updating AWS Lambda functions. We"
              + " recommend you use a supported runtime while creating or updating functions.");
    }
    if (!ACCEPTED.contains(runtime)) {
      throw ApiError.invalidParameter(
          "Value "
              + runtime
              + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ["
              + String.join(", ", ACCEPTED)
              + "] or be a valid ARN");
    }
  }

  static void requireSnapStart(String runtime) {
    if (!SNAP_START.matcher(runtime).matches()) {
      throw ApiError.invalidParameter(
          runtime + " is not supported for SnapStart enabled functions.");
    }
  }

  /** One version for each runtime, so that it changes with the runtime and only then. */
  static ObjectNode version(String runtime, String region) {
    String id =
        UUID.nameUUIDFromBytes(runtime.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "");
    return Json.object("RuntimeVersionArn", "arn:aws:lambda:" + region + "::runtime:" + id + id);
  }
}
