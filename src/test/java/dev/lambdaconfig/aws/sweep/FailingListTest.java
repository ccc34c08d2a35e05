package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.SweepRun.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of the operator's own account that fails for ever, though AWS does not deny it. */
final class FailingListTest {

  private static final Failure ERROR = new Failure("ServiceException", "try again", 500, null);
  private static final Failure STALE =
      new Failure("InvalidParameterValueException", "Invalid pagination token", 400, null);

  private final SweepRun run = new SweepRun();

  /** A fleet of four pages that was listed for a while. */
  private void listed() {
    run.functions(200, 200);
    run.runFor(MINUTE.multipliedBy(3));
    run.account.calls.clear();
    run.account.markers.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "100"})
  void eachFunctionIsReadOnceAPageHasFailedForTheInterval(String marker) {
    // Given
    listed();
    run.account.failing.put(marker, ERROR);

    // When: a round that begins within the interval, and an interval of failures
    run.runFor(Duration.ofSeconds(150));

    // Then: none is refused, which needs a person
    assertThat(run.sweep.mode().mayList()).isFalse();
    assertThat(run.reports.readEach.stream().distinct()).hasSize(200);
    assertThat(run.account.markers).filteredOn(marker::equals).hasSizeBetween(6, 8);
    assertThat(run.reports.refused).isEmpty();
    assertThat(run.sweep.state().refused()).isFalse();
  }

  @Test
  void aListThatFailsForADayCostsFewCalls() {
    // Given
    listed();
    run.account.failing.put("null", ERROR);

    // When
    run.runFor(Duration.ofDays(1));

    // Then: one call each ten minutes
    assertThat(run.account.calls).hasSizeBetween(130, 155);
    assertThat(run.sweep.mode().mayList()).isFalse();
  }

  @Test
  void aListThatWorksAgainIsUsedAgain() {
    // Given
    listed();
    run.account.failing.put("null", ERROR);
    run.runFor(MINUTE.multipliedBy(30));
    run.account.failing.clear();

    // When
    run.runFor(MINUTE.multipliedBy(15));
    run.reports.changed.clear();
    run.change(177);
    run.runFor(MINUTE.multipliedBy(2));

    // Then
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.changed).containsExactly("uid177");
  }

  @Test
  void aShortIntervalIsNotWaitedForMinutes() {
    // Given
    SweepRun often = new SweepRun(Duration.ofSeconds(5));
    often.functions(200, 200);
    often.runFor(MINUTE);
    often.account.failing.put("null", ERROR);
    often.account.calls.clear();

    // When
    often.runFor(Duration.ofSeconds(15));

    // Then
    assertThat(often.sweep.mode().mayList()).isFalse();
    assertThat(often.reports.readEach).isNotEmpty();

    // And when
    often.runFor(Duration.ofHours(1));

    // Then: it is tried once in ten intervals
    assertThat(often.account.calls).hasSizeBetween(60, 80);

    // And when
    often.account.failing.clear();
    often.runFor(MINUTE);

    // Then
    assertThat(often.sweep.mode().isListing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"60, 140", "5, 50"})
  void aListThatHangsCountsFromItsBeginning(int interval, int noticed) {
    // Given
    SweepRun hanging = new SweepRun(Duration.ofSeconds(interval));
    hanging.functions(200, 200);
    hanging.runFor(MINUTE.multipliedBy(3));
    hanging.account.failing.put(
        "null", new Failure(Failure.ENDPOINT_UNREACHABLE, "no answer", 0, null));
    hanging.taking = Duration.ofSeconds(20);

    // When
    hanging.runFor(Duration.ofSeconds(noticed));

    // Then
    assertThat(hanging.sweep.mode().mayList()).isFalse();
    assertThat(hanging.reports.readEach.stream().distinct()).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60})
  void anEndpointThatRefusesConnectionsIsNoFailureOfTheList(int interval) {
    // Given
    SweepRun away = new SweepRun(Duration.ofSeconds(interval));
    away.functions(200, 200);
    away.runFor(MINUTE.multipliedBy(3));
    away.account.failing.put("null", new Failure(Failure.ENDPOINT_UNREACHABLE, "away", 0, null));

    // When
    away.runFor(MINUTE.multipliedBy(30));

    // Then
    assertThat(away.reports.readEach).isEmpty();
  }

  @Test
  void throttledListsAreWaitedFor() {
    // Given
    listed();
    run.account.failing.put("null", new Failure("TooManyRequestsException", "slow", 429, null));

    // When
    run.runFor(MINUTE.multipliedBy(30));

    // Then
    assertThat(run.reports.readEach).isEmpty();
  }

  @Test
  void errorsForLessThanTheIntervalAreSatOut() {
    // Given
    listed();
    for (int i = 0; i < 5; i++) {
      run.account.failures.add(ERROR);
    }

    // When
    run.runFor(MINUTE.multipliedBy(5));

    // Then
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.readEach).isEmpty();
  }

  @Test
  void aPageThatIsAlwaysRefusedBeginsFewRounds() {
    // Given
    listed();
    run.account.failing.put("150", STALE);

    // When
    run.runFor(MINUTE.multipliedBy(10));
    int first = Collections.frequency(run.account.markers, "150");
    run.runFor(Duration.ofDays(1));

    // Then: three, and then one each ten minutes; a person is told once
    assertThat(first).isEqualTo(3);
    assertThat(run.account.markers).filteredOn("150"::equals).hasSizeBetween(120, 155);
    assertThat(run.sweep.mode().mayList()).isFalse();
    assertThat(run.reports.readEach.stream().distinct()).hasSize(200);
    assertThat(run.reports.refused).containsExactly("InvalidParameterValueException");
  }

  @Test
  void aListIsTrustedAgainOnlyOnceItIsComplete() {
    // Given a page that is refused, so that functions are read
    listed();
    run.account.failing.put("150", STALE);
    run.runFor(MINUTE.multipliedBy(10));
    run.account.markers.clear();

    // When
    run.runFor(MINUTE.multipliedBy(20));
    boolean meanwhile = run.sweep.mode().mayList();
    List<String> refused =
        run.account.markers.stream().filter(marker -> marker.equals("150")).toList();
    run.account.failing.clear();
    run.runFor(MINUTE.multipliedBy(15));

    // Then: one round each ten minutes
    assertThat(meanwhile).isFalse();
    assertThat(refused).hasSizeBetween(1, 2);
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.sweep.state().refused()).isFalse();
  }

  @Test
  void whileTheEndpointAnswersNobodyTheListIsWaitedFor() {
    // Given
    listed();
    run.account.failing.put("null", new Failure(Failure.ENDPOINT_UNREACHABLE, "away", 0, null));

    // When
    run.runFor(Duration.ofHours(1));
    run.account.failing.put("null", ERROR);
    run.runFor(MINUTE);
    run.account.failing.clear();
    run.runFor(MINUTE.multipliedBy(3));

    // Then: nor is an error of its return one too many
    assertThat(run.reports.readEach).isEmpty();
    assertThat(run.sweep.mode().isListing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "CredentialsUnavailable, 0, none",
    "ExpiredTokenException, 403, The security token included in the request is expired",
    "RequestTimeTooSkewed, 403, The difference is too large",
    "InvalidSignatureException, 403, Signature expired: 20261127T000000Z is now earlier"
  })
  void withTheseCredentialsReadsWouldFailAsWell(String code, int status, String message) {
    // Given
    listed();
    run.account.failing.put("null", new Failure(code, message, status, null));

    // When
    run.runFor(Duration.ofHours(1));

    // Then
    assertThat(run.reports.readEach).isEmpty();
  }
}
