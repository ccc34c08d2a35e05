package dev.lambdaconfig.cli.status.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The counts of a fleet, of which each status can be anybody's. */
final class FleetTallyTest {

  private final FleetTally tally = new FleetTally();

  private FleetReport report() {
    return tally.report(SampleFleet.NOW, null, true, List.of());
  }

  @Test
  void theOldestTenOfManyDifferencesAreKept() {
    IntStream.range(0, 100)
        .map(i -> (i * 37) % 100)
        .forEach(
            i ->
                tally.add(
                    SampleFleet.drifted(
                        SampleFleet.resource("a", "r-" + i),
                        Instant.parse("2026-11-21T00:00:00Z").plusSeconds(i).toString(),
                        "timeout")));

    assertThat(report().differing()).isEqualTo(100);
    assertThat(report().differences())
        .extracting(FleetMember::name)
        .containsExactly("r-0", "r-1", "r-2", "r-3", "r-4", "r-5", "r-6", "r-7", "r-8", "r-9");
  }

  /** Otherwise whoever writes a status could keep all others off the list. */
  @Test
  void noDifferenceIsOlderThanItsResource() {
    tally.add(
        SampleFleet.drifted(SampleFleet.resource("a", "forged"), "0001-01-01T00:00:00Z", "x"));
    tally.add(SampleFleet.drifted(SampleFleet.resource("a", "none"), "yesterday", "x"));

    assertThat(report().differences())
        .extracting(FleetMember::name, FleetMember::since)
        .containsExactly(tuple("forged", Instant.parse(SampleFleet.CREATED)), tuple("none", null));
  }

  @Test
  void inventedReasonsAreCountedTogetherBeyondABound() {
    for (int i = 0; i < 1000; i++) {
      tally.add(
          SampleFleet.resource(
              "a",
              "r-" + i,
              SampleFleet.condition("Stalled", i + "x".repeat(1000), SampleFleet.CREATED)));
    }

    FleetReport report = report();

    assertThat(report.count(State.Stalled)).isEqualTo(1000);
    assertThat(report.reasons()).hasSizeLessThan(210);
    assertThat(report.reasons()).extracting(ReasonCount::reason).contains("(other reasons)");
    assertThat(report.reasons().stream().mapToLong(ReasonCount::count).sum()).isEqualTo(1000);
    assertThat(FleetText.of(report, false).lines())
        .hasSizeLessThan(50)
        .allMatch(line -> line.length() < 500)
        .anyMatch(line -> line.matches("and 1\\d\\d resources with other reasons"));
  }

  @Test
  void noTextOfOthersReachesTheTerminalAsAControlCharacter() {
    String hostile = "a\u001b[2J\n\u202e\u2028\u0085\ud800";
    LambdaFunctionConfig resource =
        SampleFleet.drifted(
            SampleFleet.resource(
                "a", "r", SampleFleet.condition("Stalled", hostile, SampleFleet.CREATED)),
            SampleFleet.CREATED,
            Collections.nCopies(1000, hostile.repeat(1000)).toArray(String[]::new));
    assertThat(requireNonNull(resource.getStatus()).drift).hasSize(1000);

    tally.add(resource);

    assertThat(FleetText.of(report(), false))
        .doesNotContain("\u001b", "\u202e", "\u2028", "\u0085", "\ud800")
        .contains("997 more")
        .hasSizeLessThan(10_000);
  }
}
