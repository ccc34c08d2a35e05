package dev.lambdaconfig.ops.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The time since the last write of the Lease, by clocks that only a test moves. */
final class LeaseRenewalsTest {

  private final AtomicLong nanos = new AtomicLong(-7_000_000_000L);
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final LeaseRenewals renewals = new LeaseRenewals(nanos::get, wall::get);
  private final LeaseRequests requests = new LeaseRequests(renewals);

  @Test
  void theTimeCountsFromTheBeginningOfTheProcess() {
    advance(Duration.ofSeconds(2));

    assertThat(renewals.age()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatIsReadOrRefusedIsNoRenewal() {
    // Given
    requests.request("PUT", true);
    advance(Duration.ofSeconds(9));

    // When
    requests.request("GET", true);
    requests.request("PUT", false);

    // Then
    assertThat(renewals.age()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void whatIsReadOrRefusedShowsThatTheElectionGoesOn() {
    // Given
    advance(Duration.ofSeconds(9));

    // When
    requests.request("GET", false);
    advance(Duration.ofSeconds(1));

    // Then
    assertThat(renewals.sinceRequest()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aWriteOfAnythingElseIsNoRenewal() {
    // Given
    advance(Duration.ofSeconds(9));
    StandardHttpRequest event =
        LeaseRequests.to("https://api/api/v1/namespaces/system/events", "POST");

    // When
    var unused = requests.begin(event);
    requests.end(event, 201);

    // Then
    assertThat(renewals.age()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aRenewalCountsFromWhereItsRequestBegan() {
    // Given
    StandardHttpRequest request = LeaseRequests.lease("PUT");
    var unused = requests.begin(request);

    // When
    advance(Duration.ofSeconds(3));
    requests.end(request, 200);

    // Then
    assertThat(renewals.age()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void onlyRequestsForTheLeaseHaveAnEndOfTheirOwn() {
    StandardHttpRequest event = LeaseRequests.to("https://api/api/v1/events", "POST");

    assertThat(requests.begin(LeaseRequests.lease("GET")).getTimeout())
        .isEqualTo(Duration.ofSeconds(4));
    assertThat(requests.begin(LeaseRequests.lease("PATCH")).getTimeout())
        .isEqualTo(Duration.ofSeconds(4));
    assertThat(requests.begin(event).getTimeout()).isNull();
  }

  @Test
  void theClockThatWentFurtherCounts() {
    // Given
    requests.request("PUT", true);

    // When: the machine sleeps, and its steady clock stands still
    wall.addAndGet(Duration.ofMinutes(1).toMillis());

    // Then
    assertThat(renewals.age()).isEqualTo(Duration.ZERO);
    assertThat(renewals.ageByAnyClock()).isEqualTo(Duration.ofMinutes(1));

    // When: somebody puts the time of day back
    wall.addAndGet(-Duration.ofHours(1).toMillis());
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());

    // Then
    assertThat(renewals.ageByAnyClock()).isEqualTo(Duration.ofSeconds(5));
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.addAndGet(time.toMillis());
  }
}
