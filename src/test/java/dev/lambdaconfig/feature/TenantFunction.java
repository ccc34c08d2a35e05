package dev.lambdaconfig.feature;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.SimulatedRegion;
import dev.lambdaconfig.simulator.SimulatedRole;

/** A function of the tenants' account, which resources name that act as ServiceAccounts. */
final class TenantFunction {

  static final String NAME = "orders";
  static final String ARN = "arn:aws:lambda:eu-west-1:" + Tenants.ACCOUNT + ":function:" + NAME;

  private final OperatorExtension operator;
  private final Tenants tenants;

  TenantFunction(OperatorExtension operator, Tenants tenants) {
    this.operator = operator;
    this.tenants = tenants;
  }

  /** Creates the function, in an account that knows the API server's tokens. */
  void create() {
    tenants.createProvider(Tenants.ACCOUNT);
    account().createFunction(FunctionSeed.zip(NAME));
  }

  /** Creates a ServiceAccount whose role, of the same name, may do everything with a function. */
  SimulatedRole tenant(String name, String function) {
    SimulatedRole role = tenants.role(name, function);
    tenants.serviceAccount(name, role);
    return role;
  }

  /** Applies a resource of the function that acts as the ServiceAccount of its name. */
  void apply(String name, String settings) {
    operator
        .resources()
        .apply(name, "functionName: " + ARN + "\nserviceAccountName: " + name + "\n" + settings);
  }

  int timeout() {
    return account().function(NAME).get("Timeout").asInt();
  }

  private SimulatedRegion account() {
    return operator.aws().region(Tenants.ACCOUNT, "eu-west-1");
  }
}
