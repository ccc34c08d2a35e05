package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** A client lives as long as its Region is used. */
final class LambdaClientsTest {

  private final LambdaClients clients =
      new LambdaClients(AnonymousCredentialsProvider.create(), null);

  @AfterEach
  void close() {
    clients.close();
  }

  private void awaitClients(String... regions) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(clients.regions()).containsExactlyInAnyOrder(regions));
  }

  @Test
  void theClientOfARegionThatIsLeftIsClosed() {
    // Given
    clients.keep("eu-west-1");
    clients.keep("us-east-1");
    Object kept = clients.call("eu-west-1", client -> client);
    clients.call("us-east-1", client -> client);

    // When
    clients.closeUnused("us-east-1");

    // Then
    awaitClients("eu-west-1");
    assertThat(clients.<Object>call("eu-west-1", client -> client)).isSameAs(kept);
  }

  @Test
  void theClientOfARegionThatNobodyKeepsIsClosedAfterItsCall() {
    // When
    clients.call("eu-west-1", client -> client);

    // Then
    awaitClients();
  }

  @Test
  void aCallThatIsUnderWayKeepsItsClientToItsEnd() {
    // When
    clients.call(
        "eu-west-1",
        client -> {
          clients.closeUnused("eu-west-1");
          clients.closeUnused("us-east-1");
          clients.call("us-east-1", other -> other);
          awaitClients("eu-west-1");
          return client;
        });

    // Then
    awaitClients();
  }

  @Test
  void aRegionThatIsUsedAgainHasAClientThatWorks() {
    // Given
    clients.keep("eu-west-1");
    Object before = clients.call("eu-west-1", client -> client);
    clients.closeUnused("eu-west-1");
    awaitClients();

    // When
    clients.keep("eu-west-1");
    Object after = clients.call("eu-west-1", client -> client);

    // Then
    assertThat(after).isNotSameAs(before);
    awaitClients("eu-west-1");
  }

  @Test
  void theCredentialsAreClosedWithAllClients() {
    // Given
    CloseableCredentials credentials = new CloseableCredentials();
    LambdaClients several = new LambdaClients(credentials, null);
    several.call("eu-west-1", client -> client);
    several.call("us-east-1", client -> client);

    // When
    several.close();

    // Then
    assertThat(credentials.closed()).isEqualTo(1);
  }

  @Test
  void fiftyClientsShareOneThread() {
    // Given
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    // When
    for (int i = 0; i < 50; i++) {
      clients.call("zz-aaa-" + i, client -> client);
    }

    // Then
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .filteredOn(name -> name.startsWith("sdk-") || name.startsWith("aws-"))
        .hasSizeLessThanOrEqualTo(1);
  }
}
