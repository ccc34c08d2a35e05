package dev.lambdaconfig.aws.sweep.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page says about functions of several identities of one account. */
final class ListedAccountTest {

  private static final String ACCOUNT = "123456789012";

  private final WatchedFunctions watched = new WatchedFunctions("eu-west-1");

  @Test
  void onlyAListOfItsOwnIdentityConfirmsAFunction() {
    // Given: functions of two identities of one account
    ListedAccount account = new ListedAccount(watched, ACCOUNT);
    watched.watch(new WatchedFunction("a", "orders", ACCOUNT, "r1", 0).listedBy("session"));
    watched.watch(new WatchedFunction("b", "mails", ACCOUNT, "r7", 0).listedBy("other"));

    // When
    List<String> changed =
        account.compare(
            List.of(
                new ListedFunction("orders", ACCOUNT, "r1", 0),
                new ListedFunction("mails", ACCOUNT, "r7", 0)),
            1,
            1,
            "session");

    // Then
    assertThat(changed).isEmpty();
    assertThat(watched.isConfirmed("a")).isTrue();
    assertThat(watched.isConfirmed("b")).isFalse();
  }
}
