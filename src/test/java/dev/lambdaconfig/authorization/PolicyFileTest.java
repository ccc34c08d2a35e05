package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes, breaks, disappears and comes back. */
final class PolicyFileTest {

  private static final String ONE = "rules: [{namespaces: [team-a]}]";
  private static final String OTHER = "rules: [{namespaces: [team-b]}]";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("policy.yaml"), text);
  }

  @Test
  void isInForceAsItIsRead() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));

    assertThat(file.get()).isEqualTo(Policy.parse(ONE));
    assertThat(file.isInForce()).isTrue();
    assertThat(file.reload()).isFalse();
  }

  @Test
  void isInForceOnceItHasChanged() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file(OTHER);

    assertThat(file.reload()).as("the first read of it").isFalse();
    assertThat(file.reload()).isTrue();

    assertThat(file.get()).isEqualTo(Policy.parse(OTHER));
  }

  @Test
  void isNotInForceHalfWhileItIsWritten() throws Exception {
    // Given: its beginning is a policy without rules
    PolicyFile file = PolicyFile.read(file(ONE));
    String whole =
        """
        identities:
          - {namespaces: [team-a], role: "arn:aws:iam::123456789012:role/team-a"}
        rules:
          - namespaces: [team-a, team-b]
            functions: [orders]
        """;

    // When: each read shows a bit more of it
    for (int length = 1; length <= whole.length(); length++) {
      file(whole.substring(0, length));
      file.reload();
      assertThat(file.get()).as("after %s characters", length).isEqualTo(Policy.parse(ONE));
    }

    // Then
    assertThat(file.reload()).isTrue();
    assertThat(file.get()).isEqualTo(Policy.parse(whole));
  }

  @Test
  void isAnotherOneOnceItsLinkLeadsElsewhere() throws Exception {
    // Given: as the kubelet mounts a ConfigMap
    Path first = Files.createDirectory(directory.resolve("..first"));
    Path second = Files.createDirectory(directory.resolve("..second"));
    Files.writeString(first.resolve("policy.yaml"), ONE);
    Files.writeString(second.resolve("policy.yaml"), OTHER);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path mounted =
        Files.createSymbolicLink(
            directory.resolve("policy.yaml"), Path.of("..data", "policy.yaml"));
    PolicyFile file = PolicyFile.read(mounted);

    // When
    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    file.reload();

    // Then
    assertThat(file.reload()).isTrue();
    assertThat(file.get()).isEqualTo(Policy.parse(OTHER));
  }

  @Test
  void isTheLastGoodOneWhileItIsBroken() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file("rules: oops");

    assertThat(file.reload()).isFalse();
    assertThat(file.isInForce()).isFalse();
    assertThat(file.get()).isEqualTo(Policy.parse(ONE));

    Files.delete(directory.resolve("policy.yaml"));
    assertThat(file.reload()).isFalse();
    assertThat(file.get()).isEqualTo(Policy.parse(ONE));

    file(OTHER);
    file.reload();
    assertThat(file.reload()).isTrue();
    assertThat(file.isInForce()).isTrue();
  }

  @Test
  void isInOrderAgainOnceItIsAsBefore() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file("rules: oops");
    file.reload();
    file(ONE);

    assertThat(file.reload()).isFalse();

    assertThat(file.isInForce()).isTrue();
  }

  @Test
  void isChangedByNothingButRules() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file("# a comment\n" + ONE);

    assertThat(file.reload()).isFalse();
    assertThat(file.isInForce()).isTrue();
  }

  @Test
  void keepsAnOperatorFromStartingWhereItCannotBeUsed() throws Exception {
    Path missing = directory.resolve("missing.yaml");
    Path broken = file("rules: oops");
    Path binary = Files.write(directory.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe4});
    Path huge = Files.write(directory.resolve("huge.yaml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> PolicyFile.read(missing)).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> PolicyFile.read(broken)).hasMessageContaining("no list of rules");
    assertThatThrownBy(() -> PolicyFile.read(binary)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> PolicyFile.read(huge)).hasMessageContaining("1 MiB");
  }
}
