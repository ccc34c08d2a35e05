package dev.lambdaconfig.cli.status.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A fleet for people. */
final class FleetTextTest {

  @Test
  void theMostUrgentComesFirst() {
    assertThat(FleetText.of(SampleFleet.report(SampleFleet.LEADER), false))
        .isEqualTo(
            """
            13 resources in 2 namespaces: 6 Stalled, 2 NotReconciled, 1 Deleting, 1 Reconciling, 1 Suspended, 2 Ready; 2 differ

            STATE          REASON                 COUNT  OLDEST     RESOURCES
            Stalled        AccessDeniedException      5  2 h 3 min  team-a/denied-0, team-a/denied-1, team-a/denied-2, ...
            Stalled        Conflict                   1  2 h 3 min  team-b/conflict
            NotReconciled  NoStatus                   1  6 d 6 h    team-b/fresh
            NotReconciled  SpecChanged                1  -          team-b/changed
            Deleting       -                          1  9 s        team-b/deleting
            Reconciling    Updating                   1  2 h 3 min  team-b/updating
            Suspended      Suspended                  1  2 h 3 min  team-b/off
            Ready          InSync                     1  2 h 3 min
            Ready          Observed                   1  2 h 3 min

            Differences, the oldest first
            SINCE                 AGE        RESOURCE         STATE              FIELDS
            2026-11-26T10:00:00Z  4 h 3 min  team-b/conflict  Stalled: Conflict  timeout, memorySize, handler, 2 more
            2026-11-26T12:00:00Z  2 h 3 min  team-a/watched   Ready: Observed    timeout

            Operator http://localhost:8080/metrics: leader; 2 reconciles run, 0 wait
            REGION     CALLS/S  GETFUNCTION/S  IN FLIGHT  WAITING  LAST SWEEP  EXPECTED EACH  FUNCTIONS  REMARKS
            eu-west-1     10.0          100.0          1        4  12 s ago    1 min 0 s           1204
            us-east-1      0.5              -          -        -  -           -                      -  the endpoint does not answer; updates are paused; updates of 2 namespaces are paused; AWS refuses the list

            What one of them needs: lambda-config-operator explain NAMESPACE/NAME\
            """);
  }

  @Test
  void anOperatorThatTellsNothingIsSaidSo() {
    assertThat(FleetText.of(SampleFleet.report(SampleFleet.STANDBY, SampleFleet.BROKEN), false))
        .contains(
            "\nOperator http://two/metrics: stands by\n",
            "\nOperator http://three/metrics: not known\n");
    assertThat(FleetText.of(SampleFleet.report(), false))
        .contains("\nBudgets and sweeps: not known, because --metrics names no operator\n");
  }

  @Test
  void anEmptyFleetIsOneSentence() {
    FleetReport empty = new FleetTally().report(SampleFleet.NOW, "team-a", true, List.of());

    assertThat(FleetText.of(empty, false))
        .startsWith("No LambdaFunctionConfigs in namespace team-a\n")
        .doesNotContain("STATE", "explain");
  }

  @Test
  void coloursChangeNothingButColours() {
    FleetReport report = SampleFleet.report(SampleFleet.LEADER);

    String coloured = FleetText.of(report, true);

    assertThat(coloured).contains("\u001b[31mStalled ", "\u001b[32mReady ");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(FleetText.of(report, false));
  }

  @Test
  void aListThatIsNotOfOneMomentIsSaidSo() {
    FleetReport report = new FleetTally().report(SampleFleet.NOW, null, false, List.of());

    assertThat(FleetText.of(report, false)).contains("The resources are not of one moment");
  }
}
