package dev.lambdaconfig.feature;

import dev.lambdaconfig.simulator.FunctionSeed;

/** The function {@code orders} as the operator has read it last. */
final class KnownFunction {

  /** The operation by which the operator reads a function. */
  static final String READ = "GetFunctionConfiguration";

  /** The operation by which it looks for the end of an update: nobody else needs its quota. */
  static final String POLL = "GetFunction";

  static final String UPDATE = "UpdateFunctionConfiguration";

  private final OperatorExtension operator;

  KnownFunction(OperatorExtension operator) {
    this.operator = operator;
  }

  /** Lets the operator read the function, creates it if needed, and forgets the requests. */
  void know(String settings) {
    if (!operator.aws().home().exists("orders")) {
      operator.aws().createFunction(FunctionSeed.zip("orders"));
    }
    operator.resources().apply("orders", "functionName: orders\n" + settings);
    operator.resources().awaitReady("orders");
    operator.aws().requests().clear();
  }

  /** The RevisionId that it has in AWS. */
  String revision() {
    return operator.aws().function("orders").get("RevisionId").asText();
  }
}
