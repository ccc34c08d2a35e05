package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cli.OptionVerdict;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The chart takes the values that the operator starts with, and refuses the others with a reason.
 */
class ValuesTest {

  /** A value of the chart that becomes an option, and what people write there. */
  private record Option(String values, String variable, List<String> written) {
    boolean number() {
      return Stream.of("WORKERS", "PORT", "SECOND").anyMatch(variable::endsWith);
    }
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

  private static final List<Option> OPTIONS =
      List.of(
          new Option("sweepInterval: %s", "LAMBDA_CONFIG_SWEEP_INTERVAL", DURATIONS),
          new Option(
              "restore: {enabled: true, timeout: %s}", "LAMBDA_CONFIG_RESTORE_TIMEOUT", DURATIONS),
          new Option(
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
          new Option("workers: %s", "LAMBDA_CONFIG_WORKERS", numbers("1", "64", "1000", "1001")),
          new Option(
              "managementPort: %s",
              "LAMBDA_CONFIG_MANAGEMENT_PORT", numbers("1024", "8080", "65535", "65536")),
          new Option(
              "aws: {maxRequestsPerSecond: %s}",
              "LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND",
              numbers("0.99", "1", "1.0", "7.5", "14", "1000", "1000.1")),
          new Option(
              "mode: %s",
              "LAMBDA_CONFIG_MODE",
              List.of("Enforce", "Observe", "observe", "ENFORCE", "Dry", "Enforce ")),
          new Option(
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
          new Option(
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

  static Stream<Arguments> written() {
    return OPTIONS.stream()
        .flatMap(option -> option.written().stream().map(written -> Arguments.of(option, written)));
  }

  @ParameterizedTest
  @MethodSource("written")
  void theChartTakesWhatTheOperatorStartsWithAndNothingElse(Option option, String written) {
    // Given
    List<String> problems = OptionVerdict.problems(Map.of(option.variable(), written));

    // When: as in a file of values, a number as such, and else a string
    String refusal = refusal(option.values().formatted(quoted(option, written)));

    // Then
    assertThat(refusal == null)
        .as("the chart: %s; the operator: %s", refusal, problems)
        .isEqualTo(problems.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("written")
  void whatTheChartPassesOnTheOperatorTakes(Option option, String written) {
    String values = option.values().formatted(quoted(option, written));
    if (refusal(values) == null) {
      assertThat(OptionVerdict.problems(environment(values))).as("%s", values).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sweepInterval: 100ms                       | sweepInterval: "100ms" is out of range: write 1s to 24h
          sweepInterval: 48h                         | sweepInterval: "48h" is out of range: write 1s to 24h
          restore: {timeout: 0s}                     | restore.timeout: "0s" is out of range: write 1s to 24h
          selector: shard in a                       | selector: "shard in a" is not a label selector: write shard=a
          selector: a=b=                             | selector: "a=b=" is not a label selector: write shard=a
          aws: {maxRequestsPerSecond: '0.5'}         | aws.maxRequestsPerSecond: 0.5 is out of range: write a number from 1 to 1000
          managementPort: 80                         | managementPort: a Pod that does not run as root
          extraEnv: [{name: LAMBDA_CONFIG_SWEEP_INTERVAL, value: 100ms}] | extraEnv: LAMBDA_CONFIG_SWEEP_INTERVAL comes from the value sweepInterval
          extraEnv: [{name: A, value: b}, {name: A, value: c}] | extraEnv: A is set twice
          {aws: {region: eu-west-1}, extraEnv: [{name: AWS_REGION, value: us-east-1}]} | extraEnv: AWS_REGION is set twice
          aws: {endpointUrl: 'http://a b'}           | aws/endpointUrl
          fullnameOverride: My_Operator              | fullnameOverride
          image: {tag: a b}                          | image/tag
          tmp: {sizeLimit: lots}                     | tmp/sizeLimit
          """)
  void aRefusalSaysWhatToWrite(String values, String reason) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Chart.render("lco", "here", values))
        .withMessageContaining(reason);
  }

  @Test
  void aNumberThatHelmMadeAStringOfIsTaken() {
    assertThat(environment("aws: {maxRequestsPerSecond: '7.5'}"))
        .containsEntry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "7.5");
  }

  @Test
  void whatTheChartSetsIsNotSetAgainByExtraEnv() {
    Map<String, String> set =
        environment(
            """
            watchNamespaces: [team-a]
            selector: shard=a
            restore: {enabled: true}
            allowUnguardedUpdates: true
            aws: {regions: [eu-west-1]}
            """);

    assertThat(set)
        .containsKeys(
            "LAMBDA_CONFIG_SELECTOR", "LAMBDA_CONFIG_RESTORE_TIMEOUT", "LAMBDA_CONFIG_REGIONS");
    for (String name : set.keySet()) {
      assertThat(refusal("extraEnv: [{name: %s, value: x}]".formatted(name))).contains(name);
    }
    assertThat(environment("extraEnv: [{name: AWS_REGION, value: eu-west-1}]"))
        .containsEntry("AWS_REGION", "eu-west-1");
  }

  @Test
  void aLowPortIsTakenWhereThePodMayListenThere() {
    assertThat(
            environment(
                """
                managementPort: 80
                podSecurityContext:
                  sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '0'}]
                """))
        .containsEntry("LAMBDA_CONFIG_MANAGEMENT_PORT", "80");
  }

  /** Why the chart does not take these values, or null. */
  private static @Nullable String refusal(String values) {
    try {
      var unused = Chart.render("lco", "here", values);
      return null;
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  private static String quoted(Option option, String written) {
    return option.number() && written.matches("-?[0-9]+(\\.[0-9]+)?")
        ? written
        : "'" + written.replace("'", "''") + "'";
  }

  private static Map<String, String> environment(String values) {
    Container container =
        Chart.render("lco", "here", values)
            .only(Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    return container.getEnv().stream()
        .filter(variable -> Objects.nonNull(variable.getValue()))
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
