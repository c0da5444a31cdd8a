import { createProviders } from '../../../../src/providers/aws/bundle';
import { describeExternalCredentials } from './externalCredentialsSuite';

describeExternalCredentials('Credentials from elsewhere', () => createProviders);
