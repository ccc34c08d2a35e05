package dev.lambdaconfig.controller.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.model.FunctionKey;
import org.junit.jupiter.api.Test;

/** The search for the resources that name a function. */
final class ResourceCacheTest {

  private static final FunctionKey ORDERS = new FunctionKey("eu-west-1", "orders");

  @Test
  void itFindsEachSpellingOfAFunction() {
    // Given
    LambdaFunctionConfig named = resource("a", "orders");
    LambdaFunctionConfig byArn =
        resource("b", "arn:aws:lambda:eu-west-1:123456789012:function:orders");
    LambdaFunctionConfig other = resource("c", "mails");
    ResourceCache cache = ResourceCaches.of(named, byArn, other);

    // Then
    assertThat(cache.naming(ORDERS)).containsExactlyInAnyOrder(named, byArn);
  }

  @Test
  void itFindsCopiesWithAndWithoutTheHash() {
    // Given
    LambdaFunctionConfig indexed = resource("a", "orders");
    ResourceCache cache = ResourceCaches.of(indexed);
    cache.naming(ORDERS);
    int hash = indexed.targetHash();

    // Then
    assertThat(hash).isNotZero();
    assertThat(indexed.copy().targetHash()).isEqualTo(hash);

    // When the function is another one
    indexed.setSpec(resource("a", "mails").getSpec());

    // Then
    assertThat(indexed.targetHash()).isZero();
    assertThat(cache.naming(ORDERS)).isEmpty();
    assertThat(cache.naming(new FunctionKey("eu-west-1", "mails"))).containsExactly(indexed);
  }

  private static LambdaFunctionConfig resource(String name, String function) {
    LambdaFunctionConfig resource =
        new ManagedResource("{functionName: '" + function + "'}").reconciliation().resource();
    resource.getMetadata().setName(name);
    return resource;
  }
}
