package io.costattr.weaving;

/**
 * Libraries that hand work from thread to thread by themselves, not as an executor's tasks. Plain
 * data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: Micrometer's context
 * propagation 1.0.6 to 1.2, Reactor 3.4 to 3.8, Reactor Netty 1.0 to 1.3, kotlinx-coroutines 1.5 to
 * 1.11, RxJava 3.0 and 3.1.
 */
final class ReactiveTargets {
  private static final String ADVICE = "io.costattr.advice.";
  private static final String COROUTINES = "Kotlin's coroutines";
  private static final String CONTEXT = "Lkotlin/coroutines/CoroutineContext;";
  private static final String RX = "RxJava";
  private static final String RX_CORE = "Lio/reactivex/rxjava3/core/";
  private static final String RX_ADVICE = ADVICE + "rxjava.";
  private static final String SUBSCRIBER = "Lorg/reactivestreams/Subscriber;";

  static final Target[] ALL = {
    new Target(
        "io/micrometer/context/ContextRegistry",
        "Micrometer's context propagation",
        new Hook(
            "loadThreadLocalAccessors",
            "()Lio/micrometer/context/ContextRegistry;",
            ADVICE + "micrometer.RegistryAdvice")),
    shared("FluxReplay"),
    shared("FluxPublish"),
    shared("FluxPublishMulticast$FluxPublishMulticaster"),
    shared("MonoCacheTime"),
    shared("MonoCacheInvalidateIf"),
    shared("MonoCacheInvalidateWhen"),
    // Where a chain goes on that serves a request: on a scheduler's thread, ...
    telling("FluxPublishOn"),
    telling("MonoPublishOn"),
    telling("MonoDelay"),
    telling("MonoDelayElement"),
    telling("FluxDelaySequence"),
    telling("FluxInterval"),
    telling("FluxSubscribeOnCallable"),
    telling("MonoSubscribeOnCallable"),
    subscribing("FluxSubscribeOn"),
    subscribing("MonoSubscribeOn"),
    // ... on the thread of whoever fills it, ...
    telling("MonoCreate"),
    telling("FluxCreate"),
    telling("MonoCompletionStage"),
    telling("MonoFromPublisher"),
    telling("FluxSource"),
    telling("NextProcessor"),
    telling("SinkOneMulticast"),
    telling("SinkEmptyMulticast"),
    telling("SinkManyUnicast"),
    telling("SinkManyUnicastNoBackpressure"),
    telling("SinkManyBestEffort"),
    telling("SinkManyEmitterProcessor"),
    telling("SinkManyReplayProcessor"),
    telling("UnicastProcessor"),
    telling("DirectProcessor"),
    telling("EmitterProcessor"),
    telling("ReplayProcessor"),
    // ... or on a connection's.
    telling("reactor/netty/channel/FluxReceive", "Reactor Netty"),
    telling("reactor/netty/http/client/HttpClientConnect$MonoHttpConnect", "Reactor Netty"),
    new Target(
        "kotlinx/coroutines/CoroutineContextKt",
        COROUTINES,
        new Hook(
            "newCoroutineContext",
            "(Lkotlinx/coroutines/CoroutineScope;" + CONTEXT + ")" + CONTEXT,
            ADVICE + "coroutines.BeginAdvice")),
    new Target(
        "kotlinx/coroutines/BuildersKt__Builders_commonKt",
        COROUTINES,
        new Hook(
            "withContext",
            "("
                + CONTEXT
                + "Lkotlin/jvm/functions/Function2;Lkotlin/coroutines/Continuation;)"
                + "Ljava/lang/Object;",
            ADVICE + "coroutines.WithContextAdvice")),
    new Target(
        "io/reactivex/rxjava3/plugins/RxJavaPlugins",
        RX,
        onSubscribe("Flowable", SUBSCRIBER),
        onSubscribe("Observable", RX_CORE + "Observer;"),
        onSubscribe("Single", RX_CORE + "SingleObserver;"),
        onSubscribe("Maybe", RX_CORE + "MaybeObserver;"),
        onSubscribe("Completable", RX_CORE + "CompletableObserver;"),
        new Hook(
                "onSubscribe",
                "(Lio/reactivex/rxjava3/parallel/ParallelFlowable;["
                    + SUBSCRIBER
                    + ")["
                    + SUBSCRIBER,
                RX_ADVICE + "ParallelAdvice")
            .whereThere()),
    subscribeOn("flowable/FlowableSubscribeOn$SubscribeOnSubscriber"),
    subscribeOn("observable/ObservableSubscribeOn$SubscribeTask"),
    subscribeOn("single/SingleSubscribeOn$SubscribeOnObserver"),
    subscribeOn("maybe/MaybeSubscribeOn$SubscribeTask"),
    subscribeOn("completable/CompletableSubscribeOn$SubscribeOnObserver"),
  };

  private ReactiveTargets() {}

  private static Target shared(String source) {
    return new Target(
        "reactor/core/publisher/" + source,
        "Reactor",
        new Hook(
            "subscribe|subscribeOrReturn",
            "(Lreactor/core/CoreSubscriber;)*",
            ADVICE + "reactor.SharedAdvice"));
  }

  private static Target telling(String source) {
    return telling("reactor/core/publisher/" + source, "Reactor");
  }

  private static Target telling(String source, String library) {
    return new Target(
        source,
        library,
        new Hook(
            "subscribe|subscribeOrReturn",
            "(Lreactor/core/CoreSubscriber;)*",
            ADVICE + "reactor.SignalAdvice"));
  }

  private static Target subscribing(String source) {
    return new Target(
        "reactor/core/publisher/" + source + "$SubscribeOnSubscriber",
        "Reactor",
        new Hook("run", "()V", ADVICE + "reactor.SubscribeOnAdvice"));
  }

  private static Hook onSubscribe(String source, String subscriber) {
    return new Hook(
        "onSubscribe",
        "(" + RX_CORE + source + ";" + subscriber + ")" + subscriber,
        RX_ADVICE + source + "Advice");
  }

  private static Target subscribeOn(String task) {
    return new Target(
        "io/reactivex/rxjava3/internal/operators/" + task,
        RX,
        new Hook("<init>", "(*", RX_ADVICE + "SubscribeOnAdvice"),
        new Hook("run", "()V", RX_ADVICE + "RunAdvice"));
  }
}
