package dev.lambdaconfig.cli.status.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.cli.status.metrics.RegionFigures.CallFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.SweepFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.UpdateFigures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lines of metrics come to. */
final class SamplesTest {

  private static final String LEADER = "lambdaconfig_leader 1.0\n";

  @Test
  void theFiguresOfARegionAreThoseOfItsLabels() throws MetricsException {
    OperatorFigures figures =
        Samples.of(
                LEADER
                    + """
                    # HELP lambdaconfig_budget_in_flight Calls in flight.
                    # TYPE lambdaconfig_budget_in_flight gauge
                    lambdaconfig_passes_running 2.0
                    lambdaconfig_passes_queued 7
                    lambdaconfig_budget_requests_per_second{bucket="control",region="eu-west-1",} 10.5
                    lambdaconfig_budget_requests_per_second{bucket="getFunction",region="eu-west-1",} 100
                    lambdaconfig_budget_requests_per_second{bucket="control",region="us-east-1"} 3
                    lambdaconfig_budget_in_flight{bucket="control",region="eu-west-1"} 1
                    lambdaconfig_budget_in_flight{bucket="getFunction",region="eu-west-1"} 2
                    lambdaconfig_budget_waiting{bucket="control",priority="read",region="eu-west-1"} 4
                    lambdaconfig_sweep_age_seconds{region="eu-west-1"} 12.7
                    lambdaconfig_sweep_expected_seconds{region="eu-west-1"} 60 1700000000000
                    lambdaconfig_sweep_functions{region="eu-west-1"} 1.204E3
                    lambdaconfig_sweep_listing{region="eu-west-1"} 1
                    lambdaconfig_sweep_refused{region="eu-west-1"} 0
                    lambdaconfig_endpoint_available{region="eu-west-1"} 0
                    lambdaconfig_updates_paused{region="eu-west-1"} 1
                    lambdaconfig_updates_paused_namespaces{region="eu-west-1"} 3
                    """)
            .figures("here");

    assertThat(figures.leader()).isTrue();
    assertThat(figures.running()).isEqualTo(2);
    assertThat(figures.queued()).isEqualTo(7);
    assertThat(figures.regions())
        .containsExactly(
            new RegionFigures(
                "eu-west-1",
                new CallFigures(10.5, 100.0, 3L, 4L, false),
                new SweepFigures(13L, 60L, 1204L, true, false),
                new UpdateFigures(true, 3L)),
            new RegionFigures(
                "us-east-1",
                new CallFigures(3.0, null, null, null, null),
                new SweepFigures(null, null, null, null, null),
                new UpdateFigures(null, null)));
  }

  @Test
  void anOperatorThatStandsByIsNoLeader() throws MetricsException {
    assertThat(Samples.of("lambdaconfig_leader 0.0\n").figures("here").leader()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>lambdaconfig_leader 1</html>",
        "up 1",
        "lambdaconfig_leader NaN",
        "lambdaconfig_leader one",
        "lambdaconfig_leader{a=\"b 1",
        "lambdaconfig_leader"
      })
  void whatIsNoMetricsOfThisOperatorIsRefused(String text) {
    assertThatThrownBy(() -> Samples.of(text).figures("here"))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("no metrics of this operator");
  }

  @Test
  void aLineThatIsNoSampleIsLeftOut() throws MetricsException {
    OperatorFigures figures =
        Samples.of(
                LEADER
                    + """
                    lambdaconfig_sweep_functions{region="a"} +Inf
                    lambdaconfig_sweep_functions{region="b" 1
                    lambdaconfig_sweep_functions{region=c} 1
                    lambdaconfig_sweep_functions{region="d"}
                    lambdaconfig_sweep_functions{region="e"} 5
                    """)
            .figures("here");

    assertThat(figures.regions()).extracting(RegionFigures::region).containsExactly("e");
  }

  @Test
  void escapesOfLabelsAreRead() {
    assertThat(SampleParser.parse("m{a=\"x\\\"y\\\\z\\n\", b=\"c\"} 1"))
        .isEqualTo(new Sample("m", Map.of("a", "x\"y\\z\n", "b", "c"), 1));
  }

  /** No JSON can say that a rate is infinite. */
  @ParameterizedTest
  @ValueSource(strings = {"1e308", "1e300", "-3"})
  void aRateThatCannotBeIsNotKnown(String rate) throws MetricsException {
    String line =
        "lambdaconfig_budget_requests_per_second{region=\"a\",bucket=\"control\"} " + rate + "\n";

    assertThat(Samples.of(LEADER + line + line).figures("here").regions())
        .extracting(region -> region.calls().perSecond())
        .containsOnlyNulls();
  }

  /** Whoever answers in place of an operator decides what the labels are. */
  @Test
  void manyAndLongLabelsAreBounded() throws MetricsException {
    StringBuilder text = new StringBuilder(LEADER);
    for (int i = 0; i < 1000; i++) {
      text.append("lambdaconfig_sweep_functions{region=\"")
          .append(i)
          .append("x".repeat(1000))
          .append("\"} 1\n");
    }

    assertThat(Samples.of(text.toString()).figures("here").regions())
        .hasSize(100)
        .allMatch(region -> region.region().length() <= 41);
  }
}
