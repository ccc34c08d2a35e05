package dev.lambdaconfig.aws;

import static dev.lambdaconfig.aws.FakeLambda.DENIED;
import static dev.lambdaconfig.aws.FakeLambda.HOME;
import static dev.lambdaconfig.aws.FakeLambda.ORDERS;
import static dev.lambdaconfig.aws.FakeLambda.OTHER;
import static dev.lambdaconfig.aws.FakeLambda.by;
import static dev.lambdaconfig.aws.FakeLambda.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.account.Accounts;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.model.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The accounts that AWS's answers show. */
final class AccountDiscoveryTest {

  private final FakeLambda.Api api = new FakeLambda.Api();
  private final Accounts accounts =
      new Accounts(new CallLimits(10), () -> 0, WaitListener.NONE, RegionListener.NONE);
  private final List<String> homes = new ArrayList<>();
  private final LambdaFunctions functions = new AccountDiscovery(api, accounts, homes::add);

  @Test
  void aFunctionNamedWithoutAnAccountIsInTheOperatorsOwn() {
    // When
    functions.read(ORDERS);
    functions.readFunction(ORDERS);

    // Then
    assertThat(homes).containsExactly(HOME, HOME);
  }

  @Test
  void aFunctionThatAnIdentityReadsIsNotInTheOperatorsAccount() {
    // When
    functions.read(by("writer", OTHER));
    functions.read(ORDERS.as(new Identity("team", "writer", null, "writer#1")));

    // Then
    assertThat(homes).isEmpty();
  }

  @Test
  void anAccountInAnArnIsKnownOnceItsFunctionIsDescribed() {
    // Given
    accounts.recordHome(HOME);
    accounts.of("a", in(OTHER));

    // When
    api.all = DENIED;
    functions.read(in(OTHER));
    boolean afterRefusal = hasOwnQuota();
    api.all = null;
    functions.read(in(OTHER));

    // Then
    assertThat(afterRefusal).isFalse();
    assertThat(hasOwnQuota()).isTrue();
    assertThat(homes).isEmpty();
  }

  @Test
  void anUpdateTeachesNothing() {
    // When
    functions.update(ORDERS, new TreeMap<>(), "r1");

    // Then
    assertThat(api.calls).containsExactly("UpdateFunctionConfiguration");
    assertThat(homes).isEmpty();
  }

  private boolean hasOwnQuota() {
    return accounts.find("eu-west-1", OTHER) != accounts.find("eu-west-1", null);
  }
}
