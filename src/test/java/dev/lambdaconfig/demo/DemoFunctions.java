package dev.lambdaconfig.demo;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.SimulatedRegion;
import java.time.Duration;
import java.util.List;

/** The functions that exist before the story begins, each of another kind. */
final class DemoFunctions {

  static final String REGION = "eu-west-1";

  /** Zip, in a VPC; its manifest wants other memory, timeout and variables. */
  static final String ORDERS = "orders-api";

  /** A container image. */
  static final String THUMBNAILER = "thumbnailer";

  /** A function that is as its manifest declares it. */
  static final String REPORT = "nightly-report";

  /** Somebody raised its timeout by hand. */
  static final String MAIL = "mail-sender";

  /** The one whose manifests have mistakes. */
  static final String INVOICES = "invoice-export";

  /** One with a variable from a Secret. */
  static final String PAYMENTS = "payment-worker";

  /** A tenant's, in an account in which the operator itself has no rights. */
  static final String STATEMENTS = "statements";

  static final String TENANT_ACCOUNT = "210987654321";

  /** The first password, which the function has as well. */
  static final String FIRST_PASSWORD = "first-password";

  static final List<String> ALL =
      List.of(INVOICES, MAIL, REPORT, ORDERS, THUMBNAILER, PAYMENTS, STATEMENTS);

  /** A little less than AWS takes, so that there is something to wait for. */
  private static final Duration UPDATE_TIME = Duration.ofMillis(600);

  private DemoFunctions() {}

  static LambdaSimulator start() {
    LambdaSimulator aws = LambdaSimulator.builder().region(REGION).updateTime(UPDATE_TIME).start();
    aws.createFunction(
        FunctionSeed.zip(ORDERS)
            .with(
                """
                {
                  "Timeout": 3,
                  "MemorySize": 128,
                  "Environment": {"Variables": {"LOG_LEVEL": "debug", "ORDERS_TABLE": "orders"}},
                  "VpcConfig": {
                    "SubnetIds": ["subnet-0a1b2c3d", "subnet-1a2b3c4d"],
                    "SecurityGroupIds": ["sg-0a1b2c3d"]
                  }
                }
                """));
    aws.createFunction(FunctionSeed.image(THUMBNAILER).with("{\"MemorySize\": 1024}"));
    aws.createFunction(
        FunctionSeed.zip(REPORT)
            .with(
                """
                {"Timeout": 300, "MemorySize": 256, "Description": "Writes the sales report"}
                """));
    aws.createFunction(FunctionSeed.zip(MAIL).with("{\"Timeout\": 120}"));
    aws.createFunction(
        FunctionSeed.zip(INVOICES)
            .with("{\"Runtime\": \"nodejs20.x\", \"Handler\": \"export.handler\"}"));
    aws.createFunction(
        FunctionSeed.zip(PAYMENTS)
            .with(
                """
                {"Environment": {"Variables": {"LOG_LEVEL": "info", "DB_PASSWORD": "%s"}}}
                """
                    .formatted(FIRST_PASSWORD)));
    aws.region(TENANT_ACCOUNT, REGION)
        .createFunction(FunctionSeed.zip(STATEMENTS).with("{\"Timeout\": 3}"));
    return aws;
  }

  /** The Region of the account in which a function is. */
  static SimulatedRegion home(LambdaSimulator aws, String function) {
    return function.equals(STATEMENTS) ? aws.region(TENANT_ACCOUNT, REGION) : aws.home();
  }
}
