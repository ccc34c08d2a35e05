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
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The identities of tenants: begun once, shared, and those of a ServiceAccount as it is. */
final class TenantIdentitiesTest {

  private static final Failure DENIED =
      new Failure(
          "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403, null);

  private final IdentityFixture fixture = new IdentityFixture();
  private final TenantIdentities identities = fixture.identities;

  @Test
  void aSessionIsBegunOnceForAllResourcesOfAServiceAccount() {
    // When
    identities.resolve("one", KEY, false);
    identities.resolve("two", KEY, false);
    fixture.work();

    // Then: both are triggered, until there is a session
    assertThat(fixture.triggered).contains("one", "two");
    Identity identity = usable(fixture.resolved("one"));
    assertThat(usable(fixture.resolved("two"))).isEqualTo(identity);
    assertThat(identity.account()).isEqualTo("210987654321");
    assertThat(fixture.sessions.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.roleArn()).isEqualTo(ROLE);
              assertThat(request.name()).isEqualTo("team@writer");
              assertThat(request.region()).isEqualTo("eu-west-1");
              assertThat(request.duration()).isEqualTo(Duration.ofHours(1));
            });
    assertThat(fixture.accounts.mints).hasValue(1);
  }

  @Test
  void aServiceAccountThatIsMissingIsReadEverMoreRarely() {
    // When
    IdentityKey missing = new IdentityKey.OfServiceAccount("team", "none", "eu-west-1");
    for (int second = 0; second < 3600; second++) {
      assertThat(fixture.resolved("one", missing)).isInstanceOf(IdentityResolution.Failing.class);
      fixture.pass(Duration.ofSeconds(1));
    }

    // Then: 15, 30, 60 and 120 seconds apart, then 225
    assertThat(fixture.accounts.reads.get()).isBetween(15, 25);

    // When it has been there in between
    fixture.accounts.put("none", "uid-2", Map.of(RoleAnnotations.ROLE_ARN, ROLE));
    fixture.pass(Duration.ofMinutes(5));
    usable(fixture.resolved("one", missing));
    fixture.accounts.read.remove("none");
    fixture.pass(Duration.ofMinutes(1));
    assertThat(fixture.resolved("one", missing)).isInstanceOf(IdentityResolution.Failing.class);
    int reads = fixture.accounts.reads.get();
    fixture.pass(Duration.ofSeconds(15));
    assertThat(fixture.resolved("one", missing)).isInstanceOf(IdentityResolution.Failing.class);

    // Then
    assertThat(fixture.accounts.reads.get()).isEqualTo(reads + 1);
  }

  @Test
  void nothingIsKeptOfAnIdentityWhoseLastResourceGoesWhileStsIsAskedForATurn() {
    // Given a session that is to be refreshed, and an account whose calls others have used up
    usable(fixture.resolved("one"));
    for (int other = 0; other < 40; other++) {
      fixture.accounts.put("sa" + other, "u" + other, Map.of(RoleAnnotations.ROLE_ARN, ROLE));
    }
    fixture.pass(Duration.ofMinutes(57));
    identities.resolve("one", KEY, false);
    fixture.work();
    resolveOthers();
    fixture.work();
    resolveOthers();

    // When
    AtomicBoolean gone = new AtomicBoolean();
    fixture.duringAsk(
        () -> {
          identities.forget("one");
          gone.set(true);
        });
    assertThat(identities.resolve("one", KEY, false)).isNotNull();
    identities.forget("one");
    for (int other = 0; other < 40; other++) {
      identities.forget("o" + other);
    }
    fixture.work();

    // Then
    StateSizes sizes = new StateSizes();
    identities.sizes(sizes);
    assertThat(gone).isTrue();
    assertThat(fixture.sessions.held).isEmpty();
    assertThat(sizes.byName()).allSatisfy((name, size) -> assertThat(size).as(name).isZero());
  }

  private void resolveOthers() {
    for (int other = 0; other < 40; other++) {
      var unused =
          identities.resolve(
              "o" + other,
              new IdentityKey.OfServiceAccount("team", "sa" + other, "eu-west-1"),
              false);
    }
  }

  @Test
  void aReconcileNeverWaits() {
    // When
    IdentityResolution resolution = identities.resolve("one", KEY, false);

    // Then: nothing was asked for on this thread
    assertThat(resolution).isInstanceOf(IdentityResolution.Pending.class);
    assertThat(fixture.accounts.reads).hasValue(0);
    assertThat(identities.known(KEY).hasSession()).isFalse();
  }

  @Test
  void aServiceAccountIsReadOnceAMinuteOfUse() {
    // When
    for (int i = 0; i < 60; i++) {
      usable(fixture.resolved("one"));
      fixture.pass(Duration.ofSeconds(2));
    }

    // Then
    assertThat(fixture.accounts.reads).hasValue(2);
    assertThat(fixture.sessions.requests).hasSize(1);
  }

  @Test
  void anotherAnnotationIsAnotherIdentityWithinAMinute() {
    // Given
    Identity before = usable(fixture.resolved("one"));
    fixture.accounts.put(
        "writer", "uid-1", Map.of(RoleAnnotations.ROLE_ARN, ROLE.replace("writer", "other")));

    // When
    fixture.pass(Duration.ofMinutes(1));

    // Then: what was made from the former annotation is dropped
    assertThat(identities.known(KEY).hasSession()).isFalse();
    Identity after = usable(fixture.resolved("one"));
    assertThat(after.session()).isNotEqualTo(before.session());
    assertThat(fixture.sessions.held).containsExactly(after.session());
    assertThat(fixture.sessions.requests.getLast().roleArn()).endsWith("/other");
  }

  @Test
  void aServiceAccountThatWasMadeAnewIsAnotherIdentity() {
    // Given
    Identity before = usable(fixture.resolved("one"));
    fixture.accounts.put("writer", "uid-2", Map.of(RoleAnnotations.ROLE_ARN, ROLE));

    // When
    fixture.pass(Duration.ofMinutes(1));

    // Then
    assertThat(usable(fixture.resolved("one")).session()).isNotEqualTo(before.session());
  }

  @Test
  void aServiceAccountThatIsGoneTakesItsSessionWithIt() {
    // Given
    usable(fixture.resolved("one"));
    fixture.accounts.read.clear();

    // When
    fixture.pass(Duration.ofMinutes(1));

    // Then
    assertThat(problem(fixture.resolved("one")).reason()).isEqualTo("ServiceAccountNotFound");
    assertThat(fixture.sessions.held).isEmpty();
  }

  @Test
  void aServiceAccountInDeletionGivesNoIdentity() {
    // Given
    fixture.accounts.read.put(
        "writer",
        new ServiceAccounts.Found(
            new ServiceAccounts.ServiceAccount(
                "team", "writer", "uid", Map.of(RoleAnnotations.ROLE_ARN, ROLE), true)));

    // Then
    assertThat(problem(fixture.resolved("one")).message()).contains("is being deleted");
    assertThat(fixture.sessions.requests).isEmpty();
  }

  @Test
  void aRefusalIsRepeatedLaterAndLater() {
    // Given
    fixture.sessions.refusal = DENIED;
    fixture.resolved("one");

    // When
    for (int i = 0; i < 600; i++) {
      fixture.pass(Duration.ofSeconds(1));
      fixture.resolved("one");
    }

    // Then: about 4, 8, 15, 30, 60, 120 and 225 seconds apart
    assertThat(fixture.sessions.requests).hasSizeBetween(7, 9);
    fixture.sessions.refusal = null;
    fixture.pass(Duration.ofMinutes(5));
    usable(fixture.resolved("one"));
  }

  @Test
  void aPersonsRequestTriesAgainAtOnceAndOnlyOnce() {
    // Given
    fixture.sessions.refusal = DENIED;
    for (int i = 0; i < 100; i++) {
      fixture.pass(Duration.ofSeconds(1));
      fixture.resolved("one");
    }
    int before = fixture.sessions.requests.size();
    fixture.pass(Duration.ofSeconds(6));

    // When
    for (int i = 0; i < 10; i++) {
      identities.resolve("one", KEY, true);
      fixture.work();
    }

    // Then
    assertThat(fixture.sessions.requests).hasSize(before + 1);
  }

  @Test
  void aPortThatThrowsIsReportedAndAskedAgain() {
    // Given
    fixture.accounts.failure = new IllegalStateException("c4n4ry");

    // When
    IdentityResolution resolution = fixture.resolved("one");

    // Then
    assertThat(resolution)
        .isInstanceOfSatisfying(
            IdentityResolution.Failing.class,
            failing -> {
              assertThat(failing.problem().passing()).isTrue();
              assertThat(failing.problem().message())
                  .contains("IllegalStateException")
                  .doesNotContain("c4n4ry");
            });
    fixture.accounts.failure = null;
    fixture.pass(Duration.ofSeconds(20));
    assertThat(fixture.resolved("one")).isInstanceOf(IdentityResolution.Usable.class);
  }

  @Test
  void aMissingServiceAccountIsFoundSoonAfterItIsCreated() {
    // Given
    fixture.accounts.read.clear();
    assertThat(problem(fixture.resolved("one")).reason()).isEqualTo("ServiceAccountNotFound");

    // When
    fixture.accounts.put("writer", "uid", Map.of(RoleAnnotations.ROLE_ARN, ROLE));
    fixture.pass(Duration.ofSeconds(20));

    // Then
    usable(fixture.resolved("one"));
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
