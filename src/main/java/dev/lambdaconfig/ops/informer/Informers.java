package dev.lambdaconfig.ops.informer;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import java.util.ArrayList;
import java.util.List;

/** The informers of an operator: one for each watched namespace, or one for all. */
public final class Informers {

  private Informers() {}

  /** Returns the informers of this moment; none before the operator has made them. */
  public static List<InformerHealthIndicator> of(Operator operator) {
    List<InformerHealthIndicator> informers = new ArrayList<>();
    for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
      for (InformerWrappingEventSourceHealthIndicator<?> source :
          controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values()) {
        informers.addAll(source.informerHealthIndicators().values());
      }
    }
    return informers;
  }
}
