package dev.lambdaconfig.cli.plan.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.manifest.Manifests;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The values of Secrets and ConfigMaps among manifests. */
final class ManifestSourcesTest {

  private static final SourceKey DB = SourceKey.secret("db");
  private static final SourceKey FEATURES = SourceKey.configMap("features");

  private static ManifestSet set(String manifests) {
    return Manifests.read(
        List.of("-"), new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<SourceKey, ValueSource> read(
      String manifests, @Nullable String namespace, SourceKey key) {
    return new ManifestSources(set(manifests).sources()).read(namespace, Set.of(key));
  }

  private static Map<String, String> values(Map<SourceKey, ValueSource> read, SourceKey key) {
    return ((ValueSource.Present) requireNonNull(read.get(key))).values();
  }

  @Test
  void ofASecretClearValuesReplaceEncodedOnes() {
    Map<SourceKey, ValueSource> read =
        read(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: db, namespace: team-a}
            data: {user: YWRtaW4=, password: b2xk}
            stringData: {password: new}
            """,
            "team-a",
            DB);

    assertThat(values(read, DB)).isEqualTo(Map.of("user", "admin", "password", "new"));
  }

  @Test
  void ofAConfigMapAreItsTexts() {
    Map<SourceKey, ValueSource> read =
        read(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: features}, data: {list: 'a,b'}}",
            null,
            FEATURES);

    assertThat(values(read, FEATURES)).isEqualTo(Map.of("list", "a,b"));
  }

  @Test
  void areThoseOfTheSameNamespaceAndKindOnly() {
    String manifests =
        "{apiVersion: v1, kind: Secret, metadata: {name: db, namespace: team-a}, data: {}}";

    assertThat(read(manifests, "team-b", DB)).isEmpty();
    assertThat(read(manifests, null, DB)).isEmpty();
    assertThat(read(manifests, "team-a", SourceKey.configMap("db"))).isEmpty();
  }

  @Test
  void ofTwoWithOneNameAreNotKnown() {
    String twice = "---\n{apiVersion: v1, kind: Secret, metadata: {name: db}, data: {}}\n";

    assertThat(read(twice, null, DB)).isNotEmpty();
    assertThat(read(twice + twice, null, DB)).isEmpty();
    assertThat(read(twice + twice + twice, null, DB)).isEmpty();
  }

  @Test
  void thatAreEncryptedAreNotKnown() {
    assertThat(
            read(
                "{apiVersion: v1, kind: Secret, metadata: {name: db},"
                    + " stringData: {password: 'ENC[AES256_GCM,data:x]'}, sops: {version: 3.9.0}}",
                null,
                DB))
        .isEmpty();
  }

  @Test
  void thatTheApiServerWouldRefuseAreNotKnown() {
    assertThat(
            read(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: features}, data: {list: 5}}",
                null,
                FEATURES))
        .isEmpty();
    assertThat(
            read("{apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: [a]}", null, DB))
        .isEmpty();
  }

  @Test
  void areCountedAsOtherResourcesUntilTheyAreUsed() {
    ManifestSet manifests =
        set(
            """
            {apiVersion: v1, kind: Secret, metadata: {name: db}, data: {}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: other}, data: {}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: features}, data: {}}
            """);
    ManifestSources sources = new ManifestSources(manifests.sources());

    sources.read(null, Set.of(DB, FEATURES));
    sources.read(null, Set.of(DB));

    assertThat(manifests.skippedKinds()).isEqualTo(Map.of("Secret", 2, "ConfigMap", 1));
    assertThat(sources.unused(manifests.skippedKinds())).isEqualTo(Map.of("Secret", 1));
  }
}
