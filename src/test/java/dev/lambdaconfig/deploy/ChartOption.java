package dev.lambdaconfig.deploy;

import java.util.List;
import java.util.stream.Stream;

/**
 * A value of the chart that becomes an option of the operator.
 *
 * @param values the values, with {@code %s} for this one
 * @param variable the environment variable of the option
 * @param written what people write there, right or wrong
 */
record ChartOption(String values, String variable, List<String> written) {
  boolean number() {
    return Stream.of("WORKERS", "PORT", "SECOND").anyMatch(variable::endsWith);
  }

  private static final List<String> DURATIONS =
      List.of(
          "1s",
          "999ms",
          "1000ms",
          "100ms",
          "0s",
          "0h",
          "0001s",
          "0000000001s",
          "60s",
          "1m",
          "23h59m59s999ms",
          "24h",
          "24h1ms",
          "48h",
          "1440m",
          "1441m",
          "86400s",
          "86401s",
          "999999999h",
          "99999999999999999999h",
          "1s1s1s1s1s1s1s1s1s",
          "1s1s1s1s1s1s1s1s1s1s",
          "1x",
          "1d",
          "1 m",
          "1m ",
          "1M",
          "m",
          "1.5h",
          "-1m",
          "+1m",
          "60",
          "soon");

  static final List<ChartOption> ALL =
      List.of(
          new ChartOption("sweepInterval: %s", "LAMBDA_CONFIG_SWEEP_INTERVAL", DURATIONS),
          new ChartOption(
              "restore: {enabled: true, timeout: %s}", "LAMBDA_CONFIG_RESTORE_TIMEOUT", DURATIONS),
          new ChartOption(
              "identity: {credentialsMaxAge: %s}", "LAMBDA_CONFIG_CREDENTIALS_MAX_AGE", DURATIONS),
          new ChartOption(
              "selector: %s",
              "LAMBDA_CONFIG_SELECTOR",
              List.of(
                  "",
                  " ",
                  "shard=a",
                  " shard=a ",
                  "shard==a",
                  "shard != a",
                  "shard",
                  "!shard",
                  "! shard",
                  "!!shard",
                  "shard in (a)",
                  "shard in (a, b,c)",
                  "shard in ( a , b )",
                  "shard in ()",
                  "shard in (a,)",
                  "shard notin(a)",
                  "shard in a",
                  "shard in(a",
                  "shard in (a))",
                  "shard in ((a))",
                  "shard=",
                  "=a",
                  "shard=a=b",
                  "a=b=",
                  "shard===a",
                  "shard = a b",
                  "shard a",
                  "shard=a,",
                  ",shard",
                  "shard=a,,team=b",
                  "shard=a, team=b",
                  "example.com/shard=a,team in (x,y),!legacy",
                  "Example.com/shard",
                  "example..com/shard",
                  "/shard",
                  "a/b/c",
                  "size > 3",
                  "size>3",
                  "size > a",
                  "size > 9999999999999999999",
                  "Shard_1.x=A_b.c-9",
                  "-shard",
                  "shard=-a",
                  "shard-",
                  "in in (in)",
                  "in",
                  "shard: a",
                  "{shard: a}",
                  "shard=ä",
                  "shard=\"a\"",
                  "shard=$(hostname)",
                  "a" + "1".repeat(62),
                  "a" + "1".repeat(63),
                  "shard=" + "1".repeat(63),
                  "shard=" + "1".repeat(64),
                  "a.".repeat(126) + "a/shard",
                  "a.".repeat(127) + "a/shard",
                  "a".repeat(64) + "/shard")),
          new ChartOption(
              "workers: %s", "LAMBDA_CONFIG_WORKERS", numbers("1", "64", "1000", "1001")),
          new ChartOption(
              "managementPort: %s",
              "LAMBDA_CONFIG_MANAGEMENT_PORT", numbers("1024", "8080", "65535", "65536")),
          new ChartOption(
              "debugPort: %s",
              "LAMBDA_CONFIG_DEBUG_PORT", numbers("1024", "6060", "65535", "65536")),
          new ChartOption(
              "aws: {maxRequestsPerSecond: %s}",
              "LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND",
              numbers("0.99", "1", "1.0", "7.5", "14", "1000", "1000.1")),
          new ChartOption(
              "mode: %s",
              "LAMBDA_CONFIG_MODE",
              List.of("Enforce", "Observe", "observe", "ENFORCE", "Dry", "Enforce ")),
          new ChartOption(
              "{valueSources: {enabled: true, watch: %s}, rbac: {create: false}}",
              "LAMBDA_CONFIG_VALUE_WATCH",
              List.of("cluster", "namespace", "name", "Cluster", "names", "off", "name ")),
          new ChartOption(
              "watchNamespaces: [%s]",
              "LAMBDA_CONFIG_NAMESPACES",
              List.of(
                  "team-a",
                  "0",
                  "a",
                  "Team-A",
                  "team_a",
                  "-a",
                  "a-",
                  "a.b",
                  "a b",
                  "*",
                  "a".repeat(63),
                  "a".repeat(64))),
          new ChartOption(
              "leaderElection: {leaseName: %s}",
              "LAMBDA_CONFIG_LEADER_ELECTION_LEASE",
              List.of(
                  "shard-a",
                  "shard.a",
                  "0",
                  "Shard",
                  "shard_a",
                  "a..b",
                  ".a",
                  "a.",
                  "-a",
                  "a b",
                  "a".repeat(253),
                  "a".repeat(254))));

  private static List<String> numbers(String... edges) {
    return Stream.concat(
            Stream.of(edges),
            Stream.of("0.5", "-1", "many", "1,000", "1 0", "1O", "NaN", "Infinity"))
        .toList();
  }
}
