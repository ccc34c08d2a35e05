package dev.lambdaconfig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.hostile.HostileText;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever annotations, tokens and STS say, an identity is usable or failing, with a message that
 * can be written and tells no token; and nothing of it is kept.
 */
final class HostileIdentitiesTest {

  private static final String TOKEN = "t0k3n";

  private static final List<String> CODES =
      List.of(
          "AccessDenied",
          "InvalidIdentityToken",
          "ExpiredTokenException",
          "IDPCommunicationError",
          "RegionDisabledException",
          "PackedPolicyTooLarge",
          "Throttling",
          Failure.ENDPOINT_UNREACHABLE,
          Failure.CLIENT_ERROR);

  private static final List<Instant> ENDS =
      List.of(Instant.MIN, Instant.EPOCH, IdentityFixture.START, Instant.MAX);

  @Test
  void eachIsUsableOrReportedAndNothingIsKept() {
    IdentityFixture fixture = new IdentityFixture();
    HostileCases.of("identities", 10).run((seed, random) -> resolved(fixture, seed, random));

    StateSizes sizes = new StateSizes();
    fixture.identities.sizes(sizes);
    assertThat(sizes.byName()).allSatisfy((name, size) -> assertThat(size).as(name).isZero());
    assertThat(fixture.sessions.held).isEmpty();
  }

  private static String resolved(IdentityFixture fixture, long seed, Random random) {
    HostileText texts = new HostileText(random);
    fixture.accounts.put(
        "writer",
        "uid-" + seed,
        random.nextInt(4) == 0
            ? Map.of(RoleAnnotations.ROLE_ARN, texts.mutated(IdentityFixture.ROLE))
            : Map.of(RoleAnnotations.ROLE_ARN, IdentityFixture.ROLE));
    fixture.accounts.minted =
        random.nextInt(6) == 0
            ? new ServiceAccounts.Rejected(texts.next(50_000))
            : new ServiceAccounts.Minted(
                new WebIdentityToken(TOKEN + texts.next(50_000), texts.next(5000)));
    fixture.sessions.refusal =
        random.nextBoolean()
            ? null
            : new Failure(
                random.nextInt(3) == 0 ? texts.next(3000) : CODES.get(random.nextInt(CODES.size())),
                random.nextInt(6) == 0 ? null : texts.next(50_000),
                100 + random.nextInt(900),
                random.nextBoolean() ? null : Duration.ofSeconds(random.nextLong() >>> 2));
    fixture.sessions.expiration =
        random.nextInt(3) == 0
            ? request -> ENDS.get(random.nextInt(ENDS.size()))
            : request -> fixture.now().plus(request.duration());

    IdentityResolution resolution = fixture.resolved("resource-" + seed);
    fixture.identities.forget("resource-" + seed);
    fixture.work();
    fixture.pass(Duration.ofMinutes(10));
    return switch (resolution) {
      case IdentityResolution.Usable usable -> "usable";
      case IdentityResolution.Pending pending -> "pending";
      case IdentityResolution.Failing(Problem problem, Duration delay) -> {
        assertThat(problem.message()).hasSizeLessThan(5000).doesNotContain(TOKEN);
        assertThat(delay).isPositive().isLessThan(Duration.ofHours(1));
        yield CODES.contains(problem.reason()) ? problem.reason() : "another reason";
      }
    };
  }
}
