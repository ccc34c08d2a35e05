package dev.lambdaconfig.identity;

import static dev.lambdaconfig.identity.IdentityFixture.KEY;
import static dev.lambdaconfig.identity.IdentityFixture.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lives of role sessions: refreshed by their use, never too old, within STS's rate. */
final class RoleSessionLifeTest {

  private static final Failure THROTTLED = new Failure("Throttling", "Rate exceeded", 400, null);

  private final IdentityFixture fixture = new IdentityFixture();
  private final TenantIdentities identities = fixture.identities;

  @Test
  void aSessionIsRefreshedByItsUseBeforeItExpires() {
    // Given
    Identity identity = usable(fixture.resolved("one"));
    fixture.pass(Duration.ofMinutes(50));

    // When
    Identity meanwhile = usable(fixture.resolved("one"));

    // Then: the same identity, with new credentials
    assertThat(meanwhile).isEqualTo(identity);
    assertThat(fixture.sessions.requests).hasSize(2);
    assertThat(fixture.accounts.mints).hasValue(2);
    fixture.pass(Duration.ofMinutes(30));
    usable(fixture.resolved("one"));
    assertThat(fixture.sessions.requests).hasSize(2);
  }

  @Test
  void whileStsFailsTheSessionIsUsedUpToFiveMinutesBeforeItsEnd() {
    // Given
    usable(fixture.resolved("one"));
    fixture.sessions.refusal = THROTTLED;

    // When
    fixture.pass(Duration.ofMinutes(54));
    usable(fixture.resolved("one"));
    fixture.pass(Duration.ofMinutes(2));

    // Then
    assertThat(problem(fixture.resolved("one")))
        .satisfies(problem -> assertThat(problem.passing()).isTrue())
        .extracting(Problem::reason)
        .isEqualTo("Throttling");
    fixture.sessions.refusal = null;
    fixture.pass(Duration.ofMinutes(1));
    usable(fixture.resolved("one"));
  }

  /** Each is out of service for the last third of a session, whose resource is called meanwhile. */
  static Stream<Arguments> outages() {
    return Stream.of(
        outage("STS throttles", at -> at.sessions.refusal = THROTTLED),
        outage(
            "the trust is gone",
            at -> at.sessions.refusal = new Failure("AccessDenied", "no", 403, null)),
        outage(
            "the API server is slow",
            at -> at.accounts.minted = new ServiceAccounts.Unanswered("later", null)),
        outage(
            "the right to tokens is gone",
            at -> at.accounts.minted = new ServiceAccounts.Forbidden()));
  }

  private static Arguments outage(String name, Consumer<IdentityFixture> begin) {
    return Arguments.argumentSet(name, begin);
  }

  @ParameterizedTest
  @MethodSource("outages")
  void aSessionIsUsedToItsEndWhateverKeepsAnotherFromBeginning(Consumer<IdentityFixture> begin) {
    // Given
    Identity identity = usable(fixture.resolved("one"));
    begin.accept(fixture);

    // When: a reconcile every 20 seconds, one in ten requested
    List<IdentityResolution> resolutions = new ArrayList<>();
    for (int i = 1; fixture.elapsed.compareTo(Duration.ofMinutes(54)) < 0; i++) {
      fixture.pass(Duration.ofSeconds(20));
      resolutions.add(i % 10 == 0 ? fixture.requested("one") : fixture.resolved("one"));
    }

    // Then
    assertThat(resolutions).containsOnly(new IdentityResolution.Usable(identity));
    assertThat(fixture.sessions.requests).as("attempts at STS").hasSizeLessThan(40);
    assertThat(fixture.accounts.mints).as("attempts at tokens").hasValueLessThan(80);
    fixture.pass(Duration.ofMinutes(2));
    assertThat(fixture.resolved("one")).isInstanceOf(IdentityResolution.Failing.class);
  }

  /** Each requests a delay that is longer than the operator's own. */
  static Stream<Arguments> requestedDelays() {
    Duration requested = Duration.ofSeconds(50);
    return Stream.of(
        outage(
            "the API server, of tokens",
            at -> at.accounts.minted = new ServiceAccounts.Unanswered("later", requested)),
        outage(
            "STS",
            at ->
                at.sessions.refusal = new Failure("Throttling", "Rate exceeded", 400, requested)));
  }

  @ParameterizedTest
  @MethodSource("requestedDelays")
  void noAttemptComesSoonerThanWasRequested(Consumer<IdentityFixture> begin) {
    // Given
    begin.accept(fixture);
    fixture.resolved("one");
    assertThat(fixture.accounts.mints).hasValue(1);

    // When
    fixture.pass(Duration.ofSeconds(49));
    fixture.resolved("one");

    // Then
    assertThat(fixture.accounts.mints).hasValue(1);
    fixture.pass(Duration.ofSeconds(2));
    fixture.resolved("one");
    assertThat(fixture.accounts.mints).hasValue(2);
  }

  @Test
  void noSessionIsUsedLongerThanTheMaximumAge() {
    // Given
    IdentityFixture young = new IdentityFixture(Duration.ofMinutes(2));
    usable(young.resolved("one"));
    assertThat(young.sessions.requests)
        .singleElement()
        .satisfies(request -> assertThat(request.duration()).isEqualTo(Duration.ofMinutes(15)));

    // When
    young.pass(Duration.ofMinutes(2));

    // Then
    assertThat(young.identities.known(KEY).hasSession()).isFalse();
    usable(young.resolved("one"));
    assertThat(young.sessions.requests).hasSize(2);
  }

  @Test
  void credentialsThatAwsRefusedAreReplaced() {
    // Given
    Identity identity = usable(fixture.resolved("one"));

    // When
    fixture.sessions.forget(identity.session());

    // Then
    assertThat(identities.known(KEY).hasSession()).isFalse();
    usable(fixture.resolved("one"));
    assertThat(fixture.sessions.requests).hasSize(2);
  }

  @Test
  void aClockThatIsAheadBringsNoStormOfRequests() {
    // Given: each session has ended by the operator's clock when it begins
    fixture.sessions.expiration = request -> fixture.now().minusSeconds(1);

    // When: a resource asks whenever it may, for ten minutes
    for (int i = 0; i < 600; i++) {
      assertThat(fixture.resolved("one")).isNotInstanceOf(IdentityResolution.Usable.class);
      fixture.pass(Duration.ofSeconds(1));
    }

    // Then
    assertThat(fixture.sessions.requests).hasSizeBetween(5, 40);
    assertThat(fixture.resolved("one"))
        .isInstanceOfSatisfying(
            IdentityResolution.Failing.class,
            failing -> assertThat(failing.problem().message()).contains("NTP"));
  }

  @Test
  void aThousandTenantsAtOnceStayWithinTheRateOfSts() {
    // Given
    for (int i = 0; i < 1000; i++) {
      fixture.accounts.put("sa" + i, "uid", Map.of(RoleAnnotations.ROLE_ARN, ROLE));
    }

    // When: each comes back when it was told, for a minute
    int seconds = 0;
    int most = 0;
    while (fixture.sessions.held.size() < 1000 && seconds < 120) {
      int before = fixture.sessions.requests.size();
      for (int tenth = 0; tenth < 10; tenth++) {
        for (int i = 0; i < 1000; i++) {
          identities.resolve(
              "uid" + i, new IdentityKey.OfServiceAccount("team", "sa" + i, "eu-west-1"), false);
        }
        fixture.work();
        fixture.pass(Duration.ofMillis(100));
      }
      most = Math.max(most, fixture.sessions.requests.size() - before);
      seconds++;
    }

    // Then
    assertThat(fixture.sessions.held).hasSize(1000);
    assertThat(most).isLessThanOrEqualTo(50);
    assertThat(seconds).isLessThan(60);
  }

  @Test
  void nothingIsKeptOfAnIdentityThatNoResourceNames() {
    // Given
    usable(fixture.resolved("one"));
    usable(fixture.resolved("two"));
    identities.forget("one");
    assertThat(fixture.sessions.held).hasSize(1);

    // When
    identities.forget("two");

    // Then
    assertThat(fixture.sessions.held).isEmpty();
    assertThat(fixture.sessions.unused).containsExactly("eu-west-1");
    StateSizes sizes = new StateSizes();
    identities.sizes(sizes);
    assertThat(sizes.byName().values()).allMatch(size -> size == 0);
  }

  @Test
  void aResourceThatGoesWhileItsTokenIsExchangedLeavesNoCredentials() {
    // Given: a worker that is about to begin a session
    identities.resolve("one", KEY, false);
    fixture.work();
    identities.resolve("one", KEY, false);

    // When
    identities.forget("one");
    fixture.work();

    // Then
    assertThat(fixture.sessions.requests).hasSize(1);
    assertThat(fixture.sessions.held).isEmpty();
    assertThat(fixture.sessions.open).isEmpty();
  }

  private static Identity usable(IdentityResolution resolution) {
    assertThat(resolution).isInstanceOf(IdentityResolution.Usable.class);
    return ((IdentityResolution.Usable) resolution).identity();
  }

  private static Problem problem(IdentityResolution resolution) {
    assertThat(resolution).isInstanceOf(IdentityResolution.Failing.class);
    return ((IdentityResolution.Failing) resolution).problem();
  }
}
