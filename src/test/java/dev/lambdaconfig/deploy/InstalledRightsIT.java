package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rights of an installation, as the API server lists them, are those of docs/security.md. */
final class InstalledRightsIT {

  private static final Path DOCUMENT = Path.of("docs", "security.md");

  /** The rights that every authenticated user has. */
  private static final Pattern ANYBODY = Pattern.compile("selfsubject.*");

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  @RegisterExtension final InstalledOperator installed = new InstalledOperator(namespace);

  private final ApiServer server = ApiServer.shared();
  private final String team = server.freshNamespace("team");
  private final String other = server.freshNamespace("other");

  @Test
  void withoutValuesTheyAreThoseOfTheOperatorAlone() throws IOException {
    install("leaderElection: {leaseName: lambda-config-operator}");

    assertThat(rightsIn(team)).isEqualTo(documented("none"));
    assertThat(ownRightsBesides("none")).isEqualTo(documented("own"));
  }

  @Test
  void restoringAddsTheFinalizerAndSecretsOfItsOwnNamespace() throws IOException {
    install("{leaderElection: {leaseName: lambda-config-operator}, restore: {enabled: true}}");

    assertThat(rightsIn(team)).isEqualTo(documented("restore"));
    assertThat(ownRightsBesides("restore")).isEqualTo(documented("restore-own"));
  }

  @Test
  void namedServiceAccountsAreReadAndGiveTokensInTheirNamespaceAlone() throws IOException {
    install(
        "identity: {serviceAccounts: [{namespace: %s, serviceAccounts: [writer]}]}"
            .formatted(team));

    assertThat(rightsIn(team)).isEqualTo(documented("identity"));
    assertThat(rightsIn(other)).isEqualTo(documented("none"));
  }

  @Test
  void aClusterIsReadEverywhere() throws IOException {
    install("valueSources: {enabled: true}");

    assertThat(rightsIn(team)).isEqualTo(documented("cluster"));
    assertThat(rightsIn(other)).isEqualTo(documented("cluster"));
  }

  @Test
  void aNamespaceIsReadWhereTheOperatorWatches() throws IOException {
    install("{watchNamespaces: [%s], valueSources: {enabled: true}}".formatted(team));

    assertThat(rightsIn(team)).isEqualTo(documented("cluster"));
    assertThat(rightsIn(other)).isEmpty();
  }

  @Test
  void namedObjectsAreReadByTheirNamesAlone() throws IOException {
    install(
        "valueSources: {enabled: true, watch: name, names: {%s: {secrets: [db], configMaps: [features]}}}"
            .formatted(team));

    assertThat(rightsIn(team)).isEqualTo(documented("name"));
    assertThat(rightsIn(other)).isEqualTo(documented("none"));
  }

  private void install(String values) {
    installed.applyIdentity(Chart.render("lco", namespace.name(), values));
  }

  /** The rights in the operator's own namespace, without those that a list of the document has. */
  private SortedMap<String, String> ownRightsBesides(String way) throws IOException {
    SortedMap<String, String> own = rightsIn(namespace.name());
    own.keySet().removeAll(documented(way).keySet());
    return own;
  }

  /** The verbs of each resource, once the API server has noticed the bindings. */
  private SortedMap<String, String> rightsIn(String where) {
    SelfSubjectRulesReview review =
        new SelfSubjectRulesReviewBuilder().withNewSpec().withNamespace(where).endSpec().build();
    try (KubernetesClient client = server.clientFor(namespace.name(), Chart.NAME)) {
      // The authorizer sees a binding a moment after it was written.
      SortedMap<String, String> last = new TreeMap<>();
      Awaitility.await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                SortedMap<String, String> now =
                    listed(client.resource(review).create().getStatus().getResourceRules());
                boolean settled = now.equals(last);
                last.clear();
                last.putAll(now);
                return settled;
              });
      return last;
    }
  }

  private static SortedMap<String, String> listed(List<ResourceRule> rules) {
    TreeMap<String, TreeSet<String>> verbs = new TreeMap<>();
    for (ResourceRule rule : rules) {
      List<String> names = Objects.requireNonNullElse(rule.getResourceNames(), List.of());
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          int slash = (resource + "/").indexOf('/');
          String full =
              resource.substring(0, slash)
                  + (group.isEmpty() ? "" : "." + group)
                  + resource.substring(slash);
          if (!ANYBODY.matcher(full).matches()) {
            verbs
                .computeIfAbsent(
                    full + " [" + String.join(" ", names) + "]", key -> new TreeSet<>())
                .addAll(rule.getVerbs());
          }
        }
      }
    }
    TreeMap<String, String> rights = new TreeMap<>();
    verbs.forEach((right, all) -> rights.put(right, "[" + String.join(" ", all) + "]"));
    return rights;
  }

  /** The rights that the document lists between two marks, as kubectl prints them. */
  private static SortedMap<String, String> documented(String way) throws IOException {
    Matcher block =
        Pattern.compile("(?s)<!-- rights:" + way + " -->\\s*```\\n(.*?)```")
            .matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).as("the rights of %s in %s", way, DOCUMENT).isTrue();
    TreeMap<String, String> rights = new TreeMap<>();
    block
        .group(1)
        .lines()
        .skip(1)
        .map(line -> line.split("\\s{2,}", -1))
        .forEach(
            columns ->
                rights.put(
                    columns[0] + " " + columns[2],
                    "["
                        + String.join(
                            " ",
                            new TreeSet<>(
                                List.of(columns[3].replaceAll("[\\[\\]]", "").split(" "))))
                        + "]"));
    return rights;
  }
}
