/**
 * Web sockets of OkHttp 3.12 to 5: {@code RealWebSocket} is told of every text on its way to the
 * application's listener, which stays the application's own. Nothing is wrapped.
 */
@NullMarked
package io.costattr.advice.okhttpsocket;

import org.jspecify.annotations.NullMarked;
