package dev.lambdaconfig.feature;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.util.List;
import java.util.Map;

/** Functions about which AWS repeats values of their environments, each in another way. */
final class EchoingFunctions {

  private static final List<String> NAMES =
      List.of(
          "plain",
          "too-large",
          "echoed",
          "kms",
          "kms-read",
          "failed",
          "denied",
          "broken",
          "dead",
          "encoded",
          "cut");

  private final LambdaSimulator aws;

  private EchoingFunctions(LambdaSimulator aws) {
    this.aws = aws;
  }

  /** Creates the functions, and lets AWS answer as their names say. */
  static void create(LambdaSimulator aws) {
    for (String name : NAMES) {
      aws.createFunction(
          FunctionSeed.zip(name)
              .with(
                  "{\"Environment\": {\"Variables\": {\"LIVE\": \"%s\"}}}"
                      .formatted(value("live-" + name))));
    }
    EchoingFunctions functions = new EchoingFunctions(aws);
    functions.refuseUpdates();
    functions.refuseUpdatesWithValuesInDisguise();
    functions.breakOthers();
  }

  /** Waits until each resource, which is called like its function, tells what AWS has answered. */
  static void awaitOutcomes(ResourceClient resources) {
    resources.awaitReady("plain");
    resources.awaitStalled("too-large", "InvalidParameterValueException");
    resources.awaitStalled("echoed", "InvalidParameterValueException");
    resources.awaitStalled("kms", "KMSAccessDeniedException");
    resources.awaitReason("kms-read", "KMSDisabledException");
    resources.awaitStalled("failed", "FunctionError");
    resources.awaitStalled("denied", "AccessDeniedException");
    resources.awaitStalled("undecryptable", "AccessDeniedException");
    resources.awaitReason("broken", "ServiceException");
    resources.awaitStalled("dead", "InvalidRuntime");
    resources.awaitStalled("encoded", "InvalidParameterValueException");
    resources.awaitStalled("cut", "InvalidParameterValueException");
  }

  private void refuseUpdates() {
    refuseUpdate(
        "echoed",
        400,
        "InvalidParameterValueException",
        "Bad environment {AA=" + value("echoed") + "}, was {LIVE=" + value("live-echoed") + "}");
    refuseUpdate(
        "kms",
        400,
        "KMSAccessDeniedException",
        "Lambda was unable to encrypt \"" + value("kms") + "\": access denied");
    refuseUpdate(
        "denied",
        403,
        "AccessDeniedException",
        "You may not set {\"AA\":\"" + value("denied") + "\"}");
    refuseUpdate("broken", 500, "ServiceException", "Could not store " + value("broken"));
  }

  private void refuseUpdatesWithValuesInDisguise() {
    refuseUpdate(
        "encoded",
        400,
        "InvalidParameterValueException",
        "Bad request {\"body\":\"{\\\"x\\\":\\\""
            + value("encoded").replace("-", "%2D")
            + "%2f%22%C3%B6%2B%26\\\"}\"}");
    refuseUpdate(
        "cut",
        400,
        "InvalidParameterValueException",
        "The request begins with " + value("cut-short-somewhere").substring(0, 11) + "...");
  }

  private void breakOthers() {
    aws.faults()
        .onReads()
        .of("kms-read")
        .always()
        .thenAnswer(
            502, "KMSDisabledException", "Lambda was unable to decrypt " + value("kms-read"));
    aws.faults()
        .onUpdates()
        .of("failed")
        .always()
        .thenFailUpdate(
            "The extension ended with AA=" + value("failed") + " in its environment",
            "FunctionError");
    aws.createFunction(FunctionSeed.zip("undecryptable"));
    aws.setMember(
        "undecryptable",
        "Environment",
        Map.of(
            "Error",
            Map.of(
                "ErrorCode",
                "AccessDeniedException",
                "Message",
                "Could not decrypt " + value("undecryptable"))));
    aws.setState("dead", "Failed", "It ended with " + value("live-dead"), "InvalidRuntime");
  }

  private void refuseUpdate(String name, int status, String code, String message) {
    aws.faults().onUpdates().of(name).always().thenAnswer(status, code, message);
  }

  private static String value(String name) {
    return Canary.value(name);
  }
}
