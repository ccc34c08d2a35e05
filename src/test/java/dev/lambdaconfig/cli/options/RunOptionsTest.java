package dev.lambdaconfig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cli.OptionVerdict;
import dev.lambdaconfig.cli.OptionVerdict.Refusal;
import dev.lambdaconfig.decision.OperatorMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

/** Options as users write them, as flags and as environment variables. */
final class RunOptionsTest {

  @Test
  void withoutAnyTheDefaultsHold() {
    RunOptions options = parse(Map.of());

    assertThat(options.mode()).isEqualTo(OperatorMode.ENFORCE);
    assertThat(options.selector()).isNull();
    assertThat(options.debugPort()).isNull();
    assertThat(options.namespaces()).isEmpty();
    assertThat(options.awsMaxRequestsPerSecond()).isEqualTo(14);
    assertThat(options.leadership().enabled()).isFalse();
    assertThat(options.leadership().lease()).isEqualTo("lambda-config-operator");
    assertThat(options.sweepInterval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void flagsOfEachGroupAreTaken() {
    RunOptions options =
        parse(
            Map.of(),
            "--mode=Observe",
            "--selector",
            "shard in (a,b)",
            "--namespaces=team-a,team-b",
            "--aws-max-requests-per-second=4.5",
            "--regions=eu-west-1, zz-new-1,eu-west-1",
            "--debug-port=6060",
            "--leader-elect",
            "--leader-election-lease=shard-a",
            "--leader-election-namespace=here");

    assertThat(options.mode()).isEqualTo(OperatorMode.OBSERVE);
    assertThat(options.selector()).isEqualTo("shard in (a,b)");
    assertThat(options.namespaces()).containsExactly("team-a", "team-b");
    assertThat(options.awsMaxRequestsPerSecond()).isEqualTo(4.5);
    assertThat(options.regions()).containsExactly("eu-west-1", "zz-new-1");
    assertThat(options.debugPort()).isEqualTo(6060);
    assertThat(options.leadership().enabled()).isTrue();
    assertThat(options.leadership().lease()).isEqualTo("shard-a");
    assertThat(options.leadership().namespace()).isEqualTo("here");
  }

  @Test
  void variablesStandForFlagsAndFlagsComeFirst() {
    Map<String, String> environment =
        Map.of(
            "LAMBDA_CONFIG_MODE", "Observe",
            "LAMBDA_CONFIG_SELECTOR", "shard=a",
            "LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "7",
            "LAMBDA_CONFIG_REGIONS", "eu-west-1,us-east-1",
            "LAMBDA_CONFIG_LEADER_ELECTION_LEASE", "shard-a",
            "LAMBDA_CONFIG_LEADER_ELECT", "true");

    RunOptions options = parse(environment, "--selector=shard=b");

    assertThat(options.mode()).isEqualTo(OperatorMode.OBSERVE);
    assertThat(options.selector()).isEqualTo("shard=b");
    assertThat(options.awsMaxRequestsPerSecond()).isEqualTo(7);
    assertThat(options.regions()).containsExactly("eu-west-1", "us-east-1");
    assertThat(options.leadership().lease()).isEqualTo("shard-a");
    assertThat(options.leadership().enabled()).isTrue();
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(
            () ->
                parse(
                    Map.of("LAMBDA_CONFIG_MODE", "observe"),
                    "--selector=shard=a b",
                    "--namespaces=Team_A",
                    "--aws-max-requests-per-second=0.5",
                    "--regions=Ireland,eu-west-1,aws-global",
                    "--leader-election-lease=Shard_A",
                    "--sweep-interval=soon",
                    "--restore-timeout=1ms",
                    "--workers=0"))
        .withMessageContainingAll(
            "write Enforce or Observe",
            "--selector: 'shard=a b' is not a label selector: write shard=a",
            "--namespaces: 'Team_A' is not the name of a namespace: write lower-case letters",
            "--aws-max-requests-per-second must be 1 to 1000",
            "--regions: 'Ireland' is not the code of an AWS Region",
            "--regions: 'aws-global' is not the code of an AWS Region",
            "--leader-election-lease: 'Shard_A' is not the name of a Lease: write lower-case",
            "'soon' is not a duration",
            "--restore-timeout must be",
            "--workers must be");
  }

  @Test
  void theOperatorsNamespaceIsThatOfTheOptionElseThatOfTheClient() {
    RunOptions named = parse(Map.of(), "--operator-namespace= system ");

    assertThat(named.operatorNamespace("home")).isEqualTo("system");
    assertThat(parse(Map.of()).operatorNamespace("home")).isEqualTo("home");
    assertThat(parse(Map.of()).operatorNamespace("")).isNull();
    assertThat(parse(Map.of()).operatorNamespace(null)).isNull();
  }

  @Test
  void theLeaseIsInItsOwnNamespaceElseInThatOfTheOperator() {
    RunOptions named =
        parse(Map.of(), "--leader-election-namespace=leases", "--operator-namespace=system");

    assertThat(named.leaseNamespace("home")).isEqualTo("leases");
    assertThat(parse(Map.of(), "--operator-namespace=system").leaseNamespace("home"))
        .isEqualTo("system");
    assertThat(parse(Map.of()).leaseNamespace("home")).isEqualTo("home");
  }

  @ParameterizedTest
  @CsvSource({"0.99, false", "1, true", "1000, true", "1000.1, false", "NaN, false", "fast, false"})
  void theRequestsOfASecondHaveLimits(String value, boolean valid) {
    List<String> problems = problems("--aws-max-requests-per-second=" + value);

    assertThat(problems.isEmpty()).as("%s", problems).isEqualTo(valid);
  }

  @Test
  void whereAStartIsRefusedTheReasonsStandLast() {
    // When
    Refusal refusal =
        Refusal.of(Map.of("LAMBDA_CONFIG_SWEEP_INTERVAL", "100ms"), "--selector=shard in a");

    // Then
    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.lines())
        .hasSize(3)
        .last()
        .isEqualTo("error: --sweep-interval must be 1s to 24h");
    assertThat(refusal.lines().get(1)).startsWith("error: --selector: 'shard in a' is not a");
    assertThat(refusal.lines().getFirst()).contains("lambda-config-operator run --help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sweep-intervall=1m  | error: Unknown option: '--sweep-intervall=1m'
          --workers             | error: Missing required parameter for option '--workers' (N)
          --workers=many        | error: Invalid value for option '--workers': 'many' is not an int
          --sweep-interval=1d   | error: Invalid value for option '--sweep-interval': '1d' is not a
          runn                  | error: Unmatched argument at index 0: 'runn'
          help runn             | error: Unknown subcommand 'runn'.
          """)
  void whatIsNoOptionIsRefusedInTheLastLineToo(String args, String reason) {
    Refusal refusal = Refusal.of(Map.of(), args.split(" "));

    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.lines()).last().asString().startsWith(reason);
    assertThat(refusal.lines()).hasSizeLessThan(6);
  }

  @ParameterizedTest
  @CsvSource({
    "1s, true",
    "24h, true",
    "23h59m60s, true",
    "0001m, true",
    "1000ms, true",
    "999ms, false",
    "24h1ms, false",
    "0s, false",
    "0000000001s, false",
    "99999999999999999999h, false",
    "1h 30m, false",
    "1.5h, false",
    "-1m, false",
    "1d, false"
  })
  void durationsHaveLimits(String value, boolean valid) {
    for (String option : List.of("--sweep-interval=", "--restore-timeout=")) {
      List<String> problems = problems(option + value);

      assertThat(problems.isEmpty()).as("%s", problems).isEqualTo(valid);
    }
  }

  private static List<String> problems(String... args) {
    return OptionVerdict.problems(Map.of(), args);
  }

  private static RunOptions parse(Map<String, String> environment, String... args) {
    return OptionVerdict.parse(environment, args);
  }
}
