package dev.lambdaconfig.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs a simulator until it is killed.
 *
 * <pre>
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-classpath %classpath dev.lambdaconfig.simulator.SimulatorMain --port=8787"
 * </pre>
 *
 * <p>Flags: {@code --port=0 --region=eu-west-1 --account=123456789012 --accounts= --regions=
 * --update-time-ms=1000 --latency-ms=0 --functions=0 --timeout=3 --variables=0 --rate=0
 * --requests-kept=100000 --issuer= --namespace=}. The functions are called {@code function-00000}
 * and so on, have that Timeout (in seconds) and variables {@code VARIABLE_0} and so on; the rate is
 * in requests a second, none if 0. They are dealt out to the accounts first and then to the Regions
 * that are named, both separated by commas; all accounts can be reached by ARN. With a folder of
 * documents of an issuer, and a namespace of its cluster, each account is reached by the callers of
 * its own {@link AccountRoles role} alone.
 */
public final class SimulatorMain {

  private static final Set<String> FLAGS =
      Set.of(
          "port",
          "region",
          "account",
          "accounts",
          "regions",
          "update-time-ms",
          "latency-ms",
          "functions",
          "timeout",
          "variables",
          "rate",
          "requests-kept",
          "issuer",
          "namespace");

  private static final String HOME_REGION = "eu-west-1";

  private SimulatorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> flags = new HashMap<>();
    for (String argument : arguments) {
      String[] flag = argument.split("=", 2);
      String name = flag[0].replaceFirst("^--", "");
      if (flag.length != 2 || !FLAGS.contains(name)) {
        throw new IllegalArgumentException("unknown: " + argument + ", known: " + FLAGS);
      }
      flags.put(name, flag[1]);
    }
    try (LambdaSimulator aws =
        LambdaSimulator.builder()
            .port(number(flags, "port", 0))
            .region(flags.getOrDefault("region", HOME_REGION))
            .account(flags.getOrDefault("account", "123456789012"))
            .requestsKept(number(flags, "requests-kept", 100_000))
            .updateTime(Duration.ofMillis(number(flags, "update-time-ms", 1000)))
            .start()) {
      int latency = number(flags, "latency-ms", 0);
      if (latency > 0) {
        aws.faults().onAnything().always().thenDelay(Duration.ofMillis(latency));
      }
      aws.faults().rateLimit(number(flags, "rate", 0));
      Map<String, String> variables = new TreeMap<>();
      for (int index = 0; index < number(flags, "variables", 0); index++) {
        variables.put("VARIABLE_" + index, "value-of-variable-" + index);
      }
      String[] accounts = words(flags, "accounts", aws.homeAccount());
      String[] regions = words(flags, "regions", flags.getOrDefault("region", HOME_REGION));
      String issuer = flags.getOrDefault("issuer", "");
      if (issuer.isEmpty()) {
        for (String account : accounts) {
          aws.openAccount(account);
        }
      } else {
        AccountRoles.create(
            aws.iam(), List.of(accounts), flags.getOrDefault("namespace", ""), Path.of(issuer));
      }
      for (int index = 0; index < number(flags, "functions", 0); index++) {
        String account = accounts[index % accounts.length];
        aws.region(account, regions[index / accounts.length % regions.length])
            .createFunction(
                FunctionSeed.zip(String.format("function-%05d", index))
                    .with("Timeout", number(flags, "timeout", 3))
                    .with("Environment", Map.of("Variables", variables)));
      }
      System.out.println("Lambda simulator at " + aws.endpoint());
      Thread.currentThread().join();
    }
  }

  private static String[] words(Map<String, String> flags, String name, String otherwise) {
    String value = flags.getOrDefault(name, "");
    return (value.isEmpty() ? otherwise : value).split(",", -1);
  }

  private static int number(Map<String, String> flags, String name, int otherwise) {
    String value = flags.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }
}
