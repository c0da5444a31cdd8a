import type { AwsError } from './awsError';
import type { HttpReply } from './http/message';

/** Where a request was sent, and by whom; nothing of it is verified. */
export interface Where {
	/** The region in the host name, if it has one. */
	readonly hostRegion: string | undefined;
	/** The host's region, else the credential scope's. */
	readonly region: string | undefined;
	readonly accessKeyId: string | undefined;
}

/** A request as a service understands it, before anything of it is checked or done. */
export interface Call {
	readonly service:
		| 'ec2'
		| 'lightsail'
		| 'sts'
		| 'sso'
		| 'sso-oidc'
		| 'ecs'
		| 'ens'
		| 'resourcemanager'
		| 'alibaba-sts'
		| 'alibaba-metadata'
		| 'alibaba-credentials-uri'
		| 'cloudsso'
		| 'alibaba-oauth';
	/** The API operation, such as `ImportKeyPair`; empty when the request names none. */
	readonly operation: string;
	/** From a regional host name, else from the credential scope; undefined where the request names neither. */
	readonly region: string | undefined;
	/** The id of the access key that signed, whether or not it is known. */
	readonly accessKeyId: string | undefined;
	/** The request's parameters without those of the signature. */
	readonly parameters: Readonly<Record<string, string>>;
	/** Checks the request and does it.
	 * @throws {AwsError} when the service refuses it. */
	perform(): Promise<HttpReply>;
	/** The refusal in the service's dialect. */
	refuse(error: AwsError): HttpReply;
	/** The service's way to say that calls come too fast. */
	throttled(): AwsError;
	/** The service's way to say that it failed itself. */
	broken(): AwsError;
}
