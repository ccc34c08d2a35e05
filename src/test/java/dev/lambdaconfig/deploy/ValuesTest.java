package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cli.OptionVerdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The chart accepts the values with which the operator starts, and refuses all others with a
 * reason.
 */
class ValuesTest {

  static Stream<Arguments> written() {
    return ChartOption.ALL.stream()
        .flatMap(option -> option.written().stream().map(written -> Arguments.of(option, written)));
  }

  @ParameterizedTest
  @MethodSource("written")
  void theChartTakesWhatTheOperatorStartsWithAndNothingElse(ChartOption option, String written) {
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
  void whatTheChartPassesOnTheOperatorTakes(ChartOption option, String written) {
    String values = option.values().formatted(quoted(option, written));
    if (refusal(values) == null) {
      assertThat(OptionVerdict.problems(Chart.render(values).environment()))
          .as("%s", values)
          .isEmpty();
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
          valueSources: {enabled: true, watch: namespace} | valueSources.watch: namespace needs the namespaces in watchNamespaces
          valueSources: {enabled: true, names: {team-a: {secrets: [db]}}} | valueSources.names: only for watch: name, and watch is cluster
          aws: {endpointUrl: 'http://a b'}           | aws/endpointUrl
          fullnameOverride: My_Operator              | fullnameOverride
          image: {tag: a b}                          | image/tag
          tmp: {sizeLimit: lots}                     | tmp/sizeLimit
          podDisruptionBudget: {maxUnavailable: 0}   | podDisruptionBudget/maxUnavailable
          podDisruptionBudget: {maxUnavailable: 0%}  | podDisruptionBudget/maxUnavailable
          """)
  void aRefusalSaysWhatToWrite(String values, String reason) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Chart.render(values))
        .withMessageContaining(reason);
  }

  @Test
  void aNumberThatHelmMadeAStringOfIsTaken() {
    assertThat(Chart.render("aws: {maxRequestsPerSecond: '7.5'}").environment())
        .containsEntry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "7.5");
  }

  @Test
  void whatTheChartSetsIsNotSetAgainByExtraEnv() throws IOException {
    String template = Files.readString(Chart.FOLDER.resolve("templates/deployment.yaml"));
    Set<String> set =
        Pattern.compile("- name: (LAMBDA_CONFIG_\\w+)")
            .matcher(template)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());

    assertThat(set).hasSizeGreaterThan(15).contains("LAMBDA_CONFIG_POLICY_FILE");
    for (String name : set) {
      assertThat(refusal("extraEnv: [{name: %s, value: x}]".formatted(name)))
          .as(name)
          .contains(name);
    }
    assertThat(Chart.render("extraEnv: [{name: AWS_REGION, value: eu-west-1}]").environment())
        .containsEntry("AWS_REGION", "eu-west-1");
  }

  @Test
  void aLabelOfTheChartIsNotSetAgain() {
    Set<String> own = Chart.render("").only(Deployment.class).getMetadata().getLabels().keySet();

    assertThat(own).contains("app.kubernetes.io/name", "helm.sh/chart");
    for (String label : own) {
      assertThat(refusal("commonLabels: {%s: x}".formatted(label))).as(label).contains(label);
    }
  }

  @Test
  void aLowPortIsTakenWhereThePodMayListenThere() {
    assertThat(
            Chart.render(
                    """
                    managementPort: 80
                    podSecurityContext:
                      sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '0'}]
                    """)
                .environment())
        .containsEntry("LAMBDA_CONFIG_MANAGEMENT_PORT", "80");
  }

  /** The reason for which the chart refuses these values, or null. */
  private static @Nullable String refusal(String values) {
    try {
      var unused = Chart.render(values);
      return null;
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  private static String quoted(ChartOption option, String written) {
    return option.number() && written.matches("-?[0-9]+(\\.[0-9]+)?")
        ? written
        : "'" + written.replace("'", "''") + "'";
  }
}
