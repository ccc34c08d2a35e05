package dev.lambdaconfig.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh namespace of the shared server for each test, never deleted (see {@link ApiServer}).
 *
 * <pre>{@code
 * @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();
 * }</pre>
 */
public final class TestNamespace implements BeforeEachCallback {

  private @Nullable String name;

  private TestNamespace() {}

  /** Creates the extension, for a non-static field with {@code @RegisterExtension}. */
  public static TestNamespace forEachTest() {
    return new TestNamespace();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    name = ApiServer.shared().freshNamespace(context.getRequiredTestClass().getSimpleName());
  }

  /** The name of the running test's namespace. */
  public String name() {
    return requireNonNull(name, "no test is running");
  }

  /** The server it is in. */
  public ApiServer server() {
    return ApiServer.shared();
  }

  /** The admin's client; name the namespace in each call. */
  public KubernetesClient client() {
    return server().client();
  }
}
