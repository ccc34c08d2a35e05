package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.deploy.ChartRights;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that the operator holds of a resource goes with it, at whichever step it is deleted. */
final class DeletedResourceIT {

  private static final String NAME = DeletedResource.NAME;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();

  private final DeletedResource deleted = new DeletedResource(operator);

  @ParameterizedTest
  @EnumSource
  void nothingIsHeldOfAResourceThatIsGone(ReconcileStep step) throws Exception {
    // Given
    LambdaFunctionConfig resource = deleted.bringTo(step);
    boolean gone = resources.resource(NAME).get() == null;
    Set<String> before = HeldReferences.of(operator.running(), resource);

    // When
    resources.resource(NAME).delete();
    resources.awaitGone(NAME);

    // Then
    assertThat(gone || !before.isEmpty()).as("something was held").isTrue();
    deleted.awaitNothingHeld(resource);
  }

  @ParameterizedTest
  @EnumSource
  void norOfOneThatIsMadeAnewUnderItsName(ReconcileStep step) throws Exception {
    // Given
    LambdaFunctionConfig resource = deleted.bringTo(step);

    // When
    resources.resource(NAME).delete();
    resources.awaitGone(NAME);
    LambdaFunctionConfig anew = resources.apply(NAME, "functionName: orders\ntimeout: 31");

    // Then: the new resource is reconciled
    assertThat(anew.getMetadata().getUid()).isNotEqualTo(resource.getMetadata().getUid());
    resources.await(
        NAME, "to say what is so", now -> !Tenant.readyReason(now).equals("(not told)"));
    deleted.awaitNothingHeldByUid(resource);
  }
}
