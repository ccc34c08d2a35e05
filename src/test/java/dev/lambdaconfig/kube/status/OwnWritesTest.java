package dev.lambdaconfig.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.CompressedStatus;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import org.junit.jupiter.api.Test;

/** The operator's own writes, which the cache and the watch show later. */
final class OwnWritesTest {

  private static final LambdaFunctionConfigStatus OLD = status(1);
  private static final CompressedStatus OWN = CompressedStatus.of(status(2));
  private static final LambdaFunctionConfigStatus FOREIGN = status(3);

  private final OwnWrites writes = new OwnWrites();

  @Test
  void theOwnStatusIsNewestWhileTheCacheIsBehind() {
    // Given
    writes.wrote("uid", OWN, "10");

    // Then
    assertThat(writes.newest(resource("9", OLD)).status()).isEqualTo(OWN.status());
    assertThat(writes.newest(resource("9", OLD)).resourceVersion()).isEqualTo("10");
    assertThat(writes.newerThan(resource("9", OLD))).isEqualTo(OWN.status());
  }

  @Test
  void theCachedStatusIsNewestOnceTheCacheHasTheWrite() {
    // Given
    writes.wrote("uid", OWN, "10");

    // Then
    assertThat(writes.newest(resource("10", FOREIGN)).status()).isSameAs(FOREIGN);
    assertThat(writes.newerThan(resource("11", FOREIGN))).isSameAs(FOREIGN);
  }

  @Test
  void whatOthersWroteBesideAnOwnStatusIsNoPartOfIt() {
    // Given
    writes.wrote("uid", OWN, "10");

    // Then: what is stored with this version has more than was written
    assertThat(writes.newerThan(resource("10", FOREIGN))).isEqualTo(OWN.status());
  }

  @Test
  void aReconcileThatBeganBeforeItsOwnWriteKnowsItAfterTheWatchHasDeliveredIt() {
    // Given: an announcement, which the watch delivers while the reconcile waits for AWS
    writes.wrote("uid", OWN, "10");
    LambdaFunctionConfig delivered = resource("10", status(2));
    delivered.compress();

    // When
    assertThat(writes.isOwn(delivered, resource("9", OLD))).isTrue();

    // Then: the end of the reconcile is based on it
    assertThat(writes.newest(resource("9", OLD)).status()).isEqualTo(OWN.status());
    assertThat(writes.newest(resource("9", OLD)).resourceVersion()).isEqualTo("10");
  }

  @Test
  void aWriteThatABackupOfTheApiServerLacksIsForgotten() {
    // Given
    writes.wrote("uid", OWN, "10");

    // When
    writes.stored("uid", "10");
    LambdaFunctionConfigStatus before = writes.newest(resource("9", OLD)).status();
    writes.stored("uid", "9");

    // Then
    assertThat(before).isEqualTo(OWN.status());
    assertThat(writes.newest(resource("9", OLD)).status()).isSameAs(OLD);
  }

  @Test
  void aWriteIsForgottenWhereTheCacheGoesBackBehindIt() {
    // Given: the watch has delivered it, and etcd is restored with its revisions going on
    writes.wrote("uid", OWN, "1000");

    // When
    boolean back = writes.wentBack(resource("900", OLD), resource("1000", status(2)));

    // Then
    assertThat(back).isTrue();
    assertThat(writes.newest(resource("900", OLD)).status()).isSameAs(OLD);
    assertThat(writes.newerThan(resource("900", OLD))).isSameAs(OLD);
  }

  @Test
  void anEventThatTheAnswerHasOvertakenIsNoWayBack() {
    // Given
    writes.wrote("uid", OWN, "10");

    // When
    boolean back = writes.wentBack(resource("9", FOREIGN), resource("8", OLD));

    // Then
    assertThat(back).isFalse();
    assertThat(writes.newest(resource("9", FOREIGN)).status()).isEqualTo(OWN.status());
  }

  @Test
  void anotherResourceOfTheNameIsNoWayBack() {
    // Given
    LambdaFunctionConfig former = resource("11", OLD);
    former.getMetadata().setUid("former");
    writes.wrote("uid", OWN, "10");

    // Then
    assertThat(writes.wentBack(resource("9", OLD), former)).isFalse();
    assertThat(writes.newest(resource("9", OLD)).status()).isEqualTo(OWN.status());
  }

  @Test
  void aVersionThatIsNoNumberCountsAsCurrent() {
    // Given
    writes.wrote("uid", OWN, "10");

    // Then
    assertThat(writes.newest(resource("opaque", OLD)).status()).isSameAs(OLD);
  }

  @Test
  void aStatusThatAnotherWriterChangedIsNotOwn() {
    assertThat(writes.isOwn(resource("11", FOREIGN), resource("10", OLD))).isFalse();
  }

  @Test
  void aChangeThatLeavesTheStatusIsNobodyElses() {
    assertThat(writes.isOwn(resource("11", status(1)), resource("10", OLD))).isTrue();
  }

  @Test
  void aStatusIsOwnWhileItIsSentAndAfterItWasWritten() {
    // When
    writes.sending("uid", OWN);
    boolean whileSending = writes.isOwn(resource("11", status(2)), resource("10", OLD));
    writes.sent("uid");
    boolean afterAFailure = writes.isOwn(resource("11", status(2)), resource("10", OLD));
    writes.wrote("uid", OWN, "11");
    boolean afterTheWrite = writes.isOwn(resource("12", status(2)), resource("10", OLD));

    // Then
    assertThat(whileSending).isTrue();
    assertThat(afterAFailure).isFalse();
    assertThat(afterTheWrite).isTrue();
  }

  @Test
  void anOlderVersionThanTheOwnWriteIsNoChangeOfOthers() {
    // Given
    writes.wrote("uid", OWN, "10");

    // Then
    assertThat(writes.isOwn(resource("9", FOREIGN), resource("8", OLD))).isTrue();
    assertThat(writes.isOwn(resource("10", FOREIGN), resource("8", OLD))).isTrue();
    assertThat(writes.isOwn(resource("11", FOREIGN), resource("8", OLD))).isFalse();
  }

  @Test
  void aResourceThatIsGoneLeavesNothing() {
    // Given
    writes.wrote("uid", OWN, "10");

    // When
    writes.forget("uid");

    // Then
    assertThat(writes.newest(resource("9", OLD)).status()).isSameAs(OLD);
    assertThat(writes.isOwn(resource("9", FOREIGN), resource("8", OLD))).isFalse();
  }

  private static LambdaFunctionConfig resource(String version, LambdaFunctionConfigStatus status) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setUid("uid");
    resource.getMetadata().setResourceVersion(version);
    resource.setStatus(status);
    return resource;
  }

  private static LambdaFunctionConfigStatus status(long generation) {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = generation;
    return status;
  }
}
