package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ServerProviderChain.Resolution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which provider is used on which machine, and the message where none has a server. */
class ServerProviderChainTest {

  private static final DockerProbe NO_DOCKER = machine -> new DockerProbe.Silent("no engine");
  private static final DockerProbe DOCKER = machine -> new DockerProbe.Answered("unix:///d.sock");

  @TempDir Path home;

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private DockerProbe docker = NO_DOCKER;

  private final Release pinned = PinnedModule.onClassPath().kubernetes();

  @BeforeEach
  void emptyMachine() {
    environment.put("PATH", home.resolve("bin").toString());
  }

  @Test
  void takesAGivenClusterBeforeAllElse() throws IOException {
    // Given
    var kubeconfig = Files.writeString(home.resolve("kubeconfig"), "");
    environment.put("TEST_KUBECONFIG", kubeconfig.toString());
    environment.put("KUBEBUILDER_ASSETS", binaries("assets").toString());
    docker = DOCKER;

    // When
    var resolve = resolve(Speed.MINUTES);

    // Then
    assertThat(resolve.found())
        .contains(new Source.Given(kubeconfig, "given by TEST_KUBECONFIG=" + kubeconfig));
    assertThat(resolve.failures()).isEmpty();
  }

  @Test
  void letsThePropertyWinOverTheVariable() throws IOException {
    environment.put("TEST_KUBECONFIG", Files.writeString(home.resolve("one"), "").toString());
    var two = Files.writeString(home.resolve("two"), "");
    properties.put("test.kubeconfig", two.toString());

    assertThat(resolve(Speed.MINUTES).found())
        .contains(new Source.Given(two, "given by -Dtest.kubeconfig=" + two));
  }

  @Test
  void doesNotReplaceAGivenClusterThatIsNotThere() throws IOException {
    // Given
    environment.put("TEST_KUBECONFIG", "/no/such/file");
    environment.put("KUBEBUILDER_ASSETS", binaries("assets").toString());

    // When
    var resolve = resolve(Speed.MINUTES);

    // Then
    assertThat(resolve.found()).isEmpty();
    assertThat(resolve.explanation())
        .contains("TEST_KUBECONFIG=/no/such/file names no readable file")
        .contains("nothing further was tried");
  }

  @Test
  void takesAnEmptyVariableForUnset() throws IOException {
    environment.put("TEST_KUBECONFIG", "");
    environment.put("KUBEBUILDER_ASSETS", binaries("assets").toString());

    assertThat(resolve(Speed.MINUTES).found()).containsInstanceOf(Source.Binaries.class);
  }

  @Test
  void doesNotReplaceGivenBinariesThatAreIncomplete() throws IOException {
    // Given
    var assets = binaries("assets");
    Files.delete(assets.resolve("etcd"));
    environment.put("KUBEBUILDER_ASSETS", assets.toString());

    // When
    var resolve = resolve(Speed.MINUTES);

    // Then
    assertThat(resolve.found()).isEmpty();
    assertThat(resolve.explanation()).contains("no executable etcd in " + assets);
  }

  @Test
  void prefersThePinnedReleaseAmongTheCached() throws IOException {
    binaries(".kubeapitest/k8s/1.99.0-linux-amd64");
    binaries(".cache/lambda-config-operator/apiserver/v1.98.0-linux-amd64");
    var wanted = binaries(".cache/lambda-config-operator/apiserver/" + pinned + "-linux-amd64");

    assertThat(resolve(Speed.SECONDS_ONLY).found())
        .contains(new Source.Binaries(wanted, "cached binaries at " + wanted));
  }

  @Test
  void takesTheNewestOfTheOtherTestLibraryWhereNothingBetterIsCached() throws IOException {
    binaries(".kubeapitest/k8s/1.9.9-linux-amd64");
    binaries(".kubeapitest/k8s/1.99.0-darwin-arm64");
    binaries(".kubeapitest/k8s/1.36.9-linux-amd64");
    var newest = binaries(".kubeapitest/k8s/1.36.10-linux-amd64");

    assertThat(resolve(Speed.SECONDS_ONLY).found())
        .contains(new Source.Binaries(newest, "cached binaries at " + newest));
  }

  @Test
  void looksForTheCacheWhereTheEnvironmentSays() throws IOException {
    environment.put("XDG_CACHE_HOME", home.resolve("elsewhere").toString());
    var wanted = binaries("elsewhere/lambda-config-operator/apiserver/v1.34.0-linux-amd64");

    assertThat(resolve(Speed.SECONDS_ONLY).found())
        .contains(new Source.Binaries(wanted, "cached binaries at " + wanted));
  }

  @Test
  void takesDockerOnlyFromThosePreparedToWait() {
    docker = DOCKER;

    assertThat(resolve(Speed.MINUTES).found())
        .contains(new Source.Engine("k3s in Docker at unix:///d.sock"));
    assertThat(resolve(Speed.SECONDS_ONLY).found()).isEmpty();
  }

  @Test
  void goesOnWhereAStartSendsItOn() {
    // Given
    docker = DOCKER;

    // When
    var resolve =
        chain()
            .resolve(
                Speed.MINUTES,
                source -> {
                  throw new ServerProviderChain.TryNextProvider("no image", new IOException());
                });

    // Then
    assertThat(resolve.found()).isEmpty();
    assertThat(resolve.explanation()).contains("4. Docker: no image").contains("6. build from Go");
  }

  @Test
  void theMessageSaysWhyEachProviderFailedAndWhatWouldHelp() {
    assertThat(resolve(Speed.MINUTES).explanation())
        .isEqualTo(
            """
            Tried, in this order:
              1. given cluster: neither TEST_KUBECONFIG nor -Dtest.kubeconfig is set
              2. given binaries: KUBEBUILDER_ASSETS is not set
              3. cached binaries: none for linux-amd64 from v1.30.0 on in \
            HOME/.cache/lambda-config-operator/apiserver or HOME/.kubeapitest/k8s
              4. Docker: no engine
              5. official download: 127.0.0.1: java.net.ConnectException
              6. build from Go modules: no go on PATH, nor in GOROOT
            Any one of these helps:
              - set TEST_KUBECONFIG to the kubeconfig of a throw-away cluster (kind, k3d, \
            minikube) on which you are admin
              - set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd (`setup-envtest \
            use -p path` prints one)
              - run the integration tests once where a later way works: it fills the cache
              - start Docker (or another engine with its API; DOCKER_HOST is respected)
              - let this machine reach http://127.0.0.1:1/index.yaml
              - install Go 1.24.0 or newer (needs a Go module proxy and some minutes, once)\
            """
                .replace("HOME", home.toString()));
  }

  private Resolution<Source> resolve(Speed patience) {
    return chain().resolve(patience, source -> source);
  }

  private ServerProviderChain chain() {
    var host =
        new HostEnvironment(
            environment,
            properties,
            home,
            "linux",
            "amd64",
            docker,
            URI.create("http://127.0.0.1:1/index.yaml"));
    return ServerProviderChain.on(host, progress -> {});
  }

  private Path binaries(String folder) throws IOException {
    return FakeBinaries.in(Files.createDirectories(home.resolve(folder)));
  }
}
