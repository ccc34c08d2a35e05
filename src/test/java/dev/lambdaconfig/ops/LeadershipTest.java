package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When an operator may lead, by clocks that stand still unless a test moves them. */
final class LeadershipTest {

  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final AtomicInteger halts = new AtomicInteger();
  private final LeaseRenewals renewals = new LeaseRenewals(nanos::get, wall::get);
  private final Leadership leadership =
      new Leadership("system", "operator", "host", renewals, halts::incrementAndGet);
  private final LeaderCallbacks callbacks =
      leadership.configuration().getLeaderCallbacks().orElseThrow();

  @Test
  void aLeaderThatRenewsGoesOn() {
    // Given
    request("PUT", true);
    callbacks.onStartLeading();

    // When
    for (int i = 0; i < 20; i++) {
      advance(Duration.ofSeconds(9));
      request("PUT", true);
      leadership.requireHeld();
    }

    // Then
    assertThat(halts).hasValue(0);
  }

  @Test
  void whatIsReadOrRefusedIsNoRenewal() {
    // Given
    request("PUT", true);
    callbacks.onStartLeading();
    advance(Duration.ofSeconds(9));

    // When
    request("GET", true);
    request("PUT", false);

    // Then
    assertThat(renewals.age()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aRenewalCountsFromWhereItsRequestBegan() {
    // Given
    StandardHttpRequest request = lease("PUT");
    begin(request);

    // When
    advance(Duration.ofSeconds(3));
    end(request, 200);

    // Then
    assertThat(renewals.age()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aLeaderThatCannotRenewIsHaltedByItsOwnWatchdog() {
    // Given
    request("PUT", true);
    callbacks.onStartLeading();

    // When
    advance(Leadership.RENEW_DEADLINE);

    // Then
    Awaitility.await("a halt").until(() -> halts.get() > 0);
    callbacks.onStopLeading();
  }

  @Test
  void aMachineThatSleptWritesNothing() {
    // Given: its steady clock stood still meanwhile
    request("PUT", true);
    callbacks.onStartLeading();

    // When
    wall.addAndGet(Duration.ofMinutes(1).toMillis());
    leadership.requireHeld();

    // Then
    assertThat(halts).hasValue(1);
    callbacks.onStopLeading();
  }

  @Test
  void aLostLeaseHaltsUnlessTheOperatorStops() {
    // Given
    request("PUT", true);
    callbacks.onStartLeading();
    leadership.stopping();

    // When
    callbacks.onStopLeading();

    // Then
    assertThat(halts).hasValue(0);
    callbacks.onStartLeading();
    assertThat(leadership.isLeading()).isTrue();
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.addAndGet(time.toMillis());
  }

  private void request(String method, boolean successful) {
    StandardHttpRequest request = lease(method);
    begin(request);
    end(request, successful ? 200 : 503);
  }

  private void begin(StandardHttpRequest request) {
    renewals.before(
        request.newBuilder(),
        request,
        new Interceptor.RequestTags() {
          @Override
          public <T> @Nullable T getTag(Class<T> type) {
            return null;
          }
        });
  }

  private void end(StandardHttpRequest request, int code) {
    renewals.after(request, new Answer(request, code), (body, content) -> {});
  }

  private static StandardHttpRequest lease(String method) {
    HttpRequest request =
        new StandardHttpRequest.Builder()
            .uri("https://api/apis/coordination.k8s.io/v1/namespaces/system/leases/operator")
            .method(method, "application/json", "{}")
            .build();
    return (StandardHttpRequest) request;
  }

  private record Answer(HttpRequest request, int code) implements HttpResponse<String> {

    @Override
    public String body() {
      return "";
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }
  }
}
