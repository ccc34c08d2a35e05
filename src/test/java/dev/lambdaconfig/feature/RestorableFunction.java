package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The function {@code orders} with settings of its own, to which a deletion returns it. */
final class RestorableFunction {

  static final FunctionSeed SEED =
      FunctionSeed.zip("orders")
          .with("Timeout", 7)
          .with("MemorySize", 512)
          .with(
              """
              {"DeadLetterConfig": {"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dlq"},
               "Environment": {"Variables": {"OLD": "canary-old", "BOTH": "canary-before"}}}
              """);

  private RestorableFunction() {}

  /** Creates it and a resource with {@code deletionPolicy: Restore} that is Ready. */
  static LambdaFunctionConfig inSync(OperatorExtension operator, String settings) {
    operator.aws().createFunction(SEED);
    operator
        .resources()
        .apply("orders", "functionName: orders\ndeletionPolicy: Restore\n" + settings);
    return operator.resources().awaitReady("orders");
  }

  /** Requires that no value of its environment is in a status or an Event. */
  static void assertNoValueReported(OperatorExtension operator, LambdaFunctionConfig resource) {
    assertThat(Serialization.asJson(resource.getStatus())).doesNotContain("canary");
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("canary"));
  }
}
